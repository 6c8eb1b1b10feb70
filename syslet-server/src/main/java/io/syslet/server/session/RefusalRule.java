package io.syslet.server.session;

/** A call that is not on the list. */
final class RefusalRule extends Rule {
  @Override
  void start(Operation op) {
    op.done(Policy.refusal(op.nr()));
  }

  @Override
  void accepted(Operation op) {
    var _ = op.session().refuse(op.nr());
  }
}
