package io.syslet.examples.cli;

import io.syslet.client.ClientOptions;
import io.syslet.examples.Mode;
import io.syslet.examples.WalkOptions;
import io.syslet.linux.HandOverPolicy;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code syslet walk} was told. */
final class WalkArguments {
  @Parameters(paramLabel = "DIR", description = "where to begin; itself not counted")
  String directory = "";

  @Option(names = "--json", description = "print one JSON object")
  boolean json;

  @Option(names = "--list", description = "print size and path of each entry")
  boolean list;

  @Option(names = "--sync", description = "no call is asynchronous")
  boolean sync;

  @Option(names = "--lstat-only", description = "only lstat is asynchronous")
  boolean lstatOnly;

  @Option(
      names = "--threadlets",
      description = "by the trivial serial program, each directory a threadlet")
  boolean threadlets;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description = "calls in flight at most (${DEFAULT-VALUE})")
  int inFlight = WalkOptions.IN_FLIGHT;

  @Option(names = "--tasks", paramLabel = "N", description = "tasks (one per processor)")
  @Nullable Integer tasks;

  @Option(names = "-x", description = "stay on one file system")
  boolean oneFileSystem;

  @Option(
      names = "--policy",
      paramLabel = "strict|adaptive",
      description = "when a call may block its task (${DEFAULT-VALUE})")
  HandOverPolicy policy = HandOverPolicy.STRICT;

  @Option(
      names = "--connect",
      paramLabel = "ADDRESS",
      description = "through a server: unix:PATH or tls:HOST:PORT; DIR is below what it serves")
  String connect = "";

  @Option(
      names = "--server-user",
      paramLabel = "UID",
      description = "whose server may listen on a Unix socket, beside ours and root's")
  long serverUser = ClientOptions.OURS;

  @Option(names = "--tls-cert", paramLabel = "FILE", description = "our certificate, PEM")
  @Nullable String tlsCert;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "its private key, PEM")
  @Nullable String tlsKey;

  @Option(names = "--tls-ca", paramLabel = "FILE", description = "whom the server's is from, PEM")
  @Nullable String tlsCa;

  @Option(names = "--no-progress", description = "no progress line on a terminal")
  boolean noProgress;

  /** What is wrong with them, if anything. */
  @Nullable String problem() {
    if (inFlight < 1 || inFlight > WalkOptions.MAX_IN_FLIGHT) {
      return "--in-flight must be 1 to " + WalkOptions.MAX_IN_FLIGHT;
    }
    if (tasks != null && tasks < 1) {
      return "--tasks must be at least 1";
    }
    if (sync && lstatOnly) {
      return "--sync and --lstat-only exclude each other";
    }
    boolean other = sync || lstatOnly || list || oneFileSystem || tasks != null;
    if (threadlets && (other || !connect.isEmpty())) {
      return "--threadlets goes with --in-flight and --json alone";
    }
    return connect.isEmpty() ? null : RemoteWalk.problem(this);
  }

  Mode mode() {
    if (sync) {
      return Mode.SYNC;
    }
    return lstatOnly ? Mode.LSTAT_ONLY : Mode.ASYNC;
  }
}
