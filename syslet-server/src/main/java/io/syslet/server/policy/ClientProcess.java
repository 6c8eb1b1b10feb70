package io.syslet.server.policy;

import java.util.function.LongConsumer;

/**
 * A client as its calls see it: its root, its working directory, its descriptors, its process
 * number. The poller's alone.
 */
public final class ClientProcess {
  private final ServedRoot root;
  private final DescriptorTable descriptors;
  private final long pid;
  private final LongConsumer refusals;
  private final Descriptor rootDirectory;
  private Descriptor workingDirectory;
  private boolean hasEnded;

  /**
   * Begins in the root, without descriptors.
   *
   * @param pid what the client is told its process is.
   * @param refusals gets the numbers of calls that are not allowed.
   */
  public ClientProcess(
      ServedRoot root, DescriptorTable descriptors, long pid, LongConsumer refusals) {
    this.root = root;
    this.descriptors = descriptors;
    this.pid = pid;
    this.refusals = refusals;
    this.rootDirectory = descriptors.held(root.descriptor());
    this.workingDirectory = rootDirectory;
  }

  /** Closes all descriptors that no call under way names; the rest follow with those calls. */
  public void end() {
    hasEnded = true;
    leaveWorkingDirectory();
    descriptors.closeAll();
  }

  /** Whether {@link #end} has been called. */
  public boolean hasEnded() {
    return hasEnded;
  }

  /** Counts the descriptors that are open or being made. */
  public int descriptorCount() {
    return descriptors.count();
  }

  DescriptorTable descriptors() {
    return descriptors;
  }

  /** The host's descriptor of the root. */
  int root() {
    return root.descriptor();
  }

  byte[] rootPath() {
    return root.path();
  }

  long pid() {
    return pid;
  }

  /** Tells who asked for it that a call is not allowed. */
  void refused(long nr) {
    refusals.accept(nr);
  }

  Descriptor workingDirectory() {
    return workingDirectory;
  }

  /** Makes a directory the current one; the host's descriptor is the client's from now on. */
  void workIn(int host) {
    leaveWorkingDirectory();
    workingDirectory = descriptors.held(host);
  }

  private void leaveWorkingDirectory() {
    if (workingDirectory != rootDirectory) {
      descriptors.letGo(workingDirectory);
      workingDirectory = rootDirectory;
    }
  }
}
