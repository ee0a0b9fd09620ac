"""Who is asking: the official behind a request, and in which post."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from motcua.agencies.actions.keeping import note_taken
from motcua.agencies.models import Post
from motcua.core.actors import Role
from motcua.core.errors import NotFound
from motcua.core.two_persons import Hand
from motcua.people.web import sign_in_first

P = ParamSpec("P")
CHOSEN = "post_id"
OFFICIAL = "is_official"  # in the session: whether its account held a post when it began
CHOOSE = "desk:posts"


def posts_of(request: HttpRequest) -> list[Post]:
    """The active posts of the account signed in."""
    if not request.user.pk:
        return []
    rows = Post.objects.filter(account_id=request.user.pk, is_active=True)
    return list(rows.select_related("agency", "unit").order_by("id"))


def choose_post(request: HttpRequest, post_id: int) -> Post:
    """Act in this post from now on; `NotFound` if it is not the account's."""
    for post in posts_of(request):
        if post.pk == post_id:
            request.session[CHOSEN] = post.pk
            request.acting_post = post  # type: ignore[attr-defined]  # the one acted in from here on
            note_taken(post)
            return post
    raise NotFound


def chosen_post(request: HttpRequest) -> Post | None:
    """The post in which the official acts; None while several are open and none was chosen."""
    cached: Post | None = getattr(request, "acting_post", None)
    if cached is not None:
        return cached
    posts = posts_of(request)
    if not posts:
        raise NotFound
    chosen = request.session.get(CHOSEN)
    for post in posts:
        if post.pk == chosen or (len(posts) == 1 and chosen is None):
            request.acting_post = post  # type: ignore[attr-defined]  # one look-up per request
            return post
    return None


def post_of(request: HttpRequest) -> Post:
    """The post in which the official acts; `NotFound` for whoever has none, or has not chosen."""
    post = chosen_post(request)
    if post is None:
        raise NotFound
    return post


def hand_of(request: HttpRequest) -> Hand:
    """Who acts, and the human behind it, for deeds that take two persons."""
    post = post_of(request)
    return Hand(post.actor, f"account:{post.account_id}")


def post_required(
    *roles: Role,
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponse]],
    Callable[Concatenate[HttpRequest, P], HttpResponse],
]:
    """Let in officials whose post has one of `roles` (any post when none is named).

    Who has several and has not chosen one, or whose chosen one was closed, chooses first: a deed
    must not be done in a post that nobody meant.
    """

    def guard(
        view: Callable[Concatenate[HttpRequest, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return sign_in_first(request)
            if not request.session.get(OFFICIAL) and posts_of(request):
                logout(request)  # it began without the factor and the lock that a post asks for
                return sign_in_first(request)
            post = chosen_post(request)
            if post is None and request.path != reverse(CHOOSE):
                return HttpResponseRedirect(reverse(CHOOSE))
            if post is not None and roles and Role(post.role) not in roles:
                raise NotFound
            return view(request, *args, **kwargs)

        return guarded

    return guard
