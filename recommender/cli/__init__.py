"""The `recommender` command. Thin: it parses, calls, prints, and turns errors into one line and a status.

Exit status: 0 all well; 1 some records were rejected, the rest are done; 2 nothing could be done, or an error ended it;
130 interrupted, 143 terminated.
"""

from __future__ import annotations

import os
import sys
import traceback

import click

from recommender.cli import ask, audit, duplicates, insights, keys, match, pool, reading, serving
from recommender.cli.common import Terminated
from recommender.errors import RecommenderError

COMMANDS = (
    *reading.COMMANDS,
    *pool.COMMANDS,
    *ask.COMMANDS,
    *match.COMMANDS,
    *insights.COMMANDS,
    *duplicates.COMMANDS,
    *serving.COMMANDS,
    *keys.COMMANDS,
    *audit.COMMANDS,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="recommender")
def cli() -> None:
    """Similar professional profiles: who is like this person, why, and how many more are there."""


for command in COMMANDS:
    cli.add_command(command)


def main(arguments: list[str] | None = None) -> None:
    """Run the command and exit with its status."""
    try:
        status = cli.main(arguments, standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        status = 2
    except BrokenPipeError:
        # the reader of our output went away (`| head`): not an error, and nothing more to be said to it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except (RecommenderError, OSError) as error:
        click.echo(f"error: {error}", err=True)
        status = 2
    except (click.Abort, KeyboardInterrupt) as error:
        click.echo("interrupted", err=True)
        status = 143 if isinstance(error.__cause__, Terminated) else 130
    except Exception as error:
        # Python's own status of a crash is 1, which says here that some records were rejected
        traceback.print_exc()
        click.echo(f"error: a fault of this program, please report it: {type(error).__name__}: {error}", err=True)
        status = 2
    sys.exit(status if isinstance(status, int) else 0)
