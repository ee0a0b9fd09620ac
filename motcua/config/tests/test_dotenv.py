"""What bin/run, bin/manage, bin/doctor and bin/demo do with .env."""

import os
import subprocess
from pathlib import Path

from motcua.config.database import BASE_DIR

SAY = 'printf "%s|%s|%s" "$MOTCUA_PORT" "$MOTCUA_AUTHORITY_NAME" "${PYTHONDONTWRITEBYTECODE-none}"'


def test_the_environment_wins_over_dotenv_and_words_with_spaces_stay_whole(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/env").write_text("#!/bin/sh\n")
    (tmp_path / "bin/env").chmod(0o755)
    (tmp_path / ".env").write_text("MOTCUA_PORT=1\nMOTCUA_AUTHORITY_NAME='UBND tỉnh Sông Hà'\n")
    environment = {**os.environ, "MOTCUA_PORT": "8001", "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("MOTCUA_AUTHORITY_NAME", None)

    said = subprocess.run(
        ["sh", "-euc", f'here="{tmp_path}"; . "{BASE_DIR}/scripts/ready.sh"; {SAY}'],
        env=environment, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip

    assert said == "8001|UBND tỉnh Sông Hà|none"
