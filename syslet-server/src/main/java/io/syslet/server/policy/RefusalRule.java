package io.syslet.server.policy;

/** A call that is not on the list. */
final class RefusalRule extends Rule {
  @Override
  void start(Operation op) {
    op.done(Policy.refusal(op.nr()));
  }

  @Override
  void accepted(Operation op) {
    op.process().refused(op.nr());
  }
}
