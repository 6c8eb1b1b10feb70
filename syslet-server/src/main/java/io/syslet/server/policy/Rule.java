package io.syslet.server.policy;

/**
 * How one call of the allow-list is made for a client: as one host call, or as several, one after
 * the other, of which each may block. A rule has no state; that of a call is in its {@link
 * Operation}. The poller's alone.
 */
abstract class Rule {
  /**
   * Checks the call and begins it: sets its first host call, or its status. All client memory that
   * the call needs, also later, is translated here.
   */
  abstract void start(Operation op);

  /** A host call has returned: sets the next one, or the status. */
  void ended(Operation op, long result) {
    op.done(result);
  }

  /** The call blocked and was accepted; or, with a status already, was accepted as done. */
  void accepted(Operation op) {}

  /** The call was not accepted after all, and no host call made: undoes what {@link #start} did. */
  void abandoned(Operation op) {}
}
