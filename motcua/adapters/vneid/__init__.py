"""Sign-in by OpenID Connect: the National portal's SSO, VNeID through the province, and their like."""
