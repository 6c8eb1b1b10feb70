package io.syslet.kernel.poller;

/** A function that a main loop runs in each round, once it is {@linkplain Pollers registered}. */
public final class PollerJob extends Job {
  final Runnable function;

  /**
   * Makes one.
   *
   * @param function may {@linkplain MainLoop#pause pause} anywhere; it then goes on there in the
   *     next round, instead of being called anew.
   */
  public PollerJob(String name, Runnable function) {
    super(name);
    this.function = function;
  }

  @Override
  String kind() {
    return "poller";
  }
}
