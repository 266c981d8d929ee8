"""An invented policy in the shape of the published one, and a catalogue made from it."""

from baseline.clauses import Clause, digest, read

POLICY = """Effective Date

This policy of Example Shops Ltd. holds from 1 January. We are\u00a0 glad to have you.

  1. What you tell us

  2. How we guard it

1. What you tell us

1.1. We ask for your name. 1.2. You may refuse.
  1. Nothing happens then.

4. Other services

4.1. We keep keys to other services. 4.2. We never keep what they send.

5. Security

5.1. We guard everything. In particular:
  • We lock the door.\u00a0
  • We count the keys.
5.2. Places 5.2.1. Machines stand in Example City. 5.2.2. Due to para 6.1. of the lease, they stay there.

5.3. Measures 5.3.1. We do this: 1) walls; 2) a dog.  \u00a0 5.4. We tell you if it fails.

6. Keeping

6.1. We keep it while it is useful. 7.1. You may say no at any time. 7.2. Write to us.

12. Contact

12.1. Write to the office.
"""


def catalogue(text: str = POLICY) -> list[Clause]:
    """A catalogue in which every clause of a text stands as it is."""
    return [
        Clause(
            number=number,
            promise=f"What {number} promises.",
            begins=" ".join(body.split()[:2]),
            sha256=digest(body),
            not_testable="invented",
        )
        for number, body in read(text).items()
    ]
