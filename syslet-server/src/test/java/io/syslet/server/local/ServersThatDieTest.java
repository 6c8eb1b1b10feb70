package io.syslet.server.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.Calls;
import io.syslet.Sys;
import io.syslet.client.ClientOptions;
import io.syslet.client.RemoteKernel;
import io.syslet.client.wire.Address;
import io.syslet.linux.LinuxKernel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that die one after the other, while a call of a client on their host is in flight. */
class ServersThatDieTest {
  private static final ClientOptions PATIENT =
      ClientOptions.defaults().times(Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ZERO);

  @TempDir Path folder;

  @Test
  void whatOneHasNotSaidBeforeItDiedTheNextSays() throws Exception {
    Path socket = folder.resolve("socket");
    try (LinuxKernel here = LinuxKernel.boot();
        Calls ours = Calls.of(here);
        TestServer first = new TestServer(socket, TestServer.Manner.SERVE);
        RemoteKernel kernel = RemoteKernel.connect(new Address.Unix(socket), PATIENT)) {
      MemorySegment pipe = ours.allocate(8);
      ours.pipe2(pipe, Sys.O_CLOEXEC).awaitOrThrow();
      List<Long> statuses = new ArrayList<>();
      Calls calls = Calls.of(kernel);
      calls.read(pipe.get(ValueLayout.JAVA_INT, 0), calls.allocate(1)).then(statuses::add);
      calls.submit();
      long call = first.lastCall();

      first.hangUp();
      new TestServer(socket, TestServer.Manner.RECOVER_AND_LEAVE, call).close();
      try (TestServer _ = new TestServer(socket, TestServer.Manner.RECOVER, call)) {
        calls.awaitAll();
      }
      assertThat(statuses).containsExactly(TestServer.STATUS);

      ours.write(pipe.get(ValueLayout.JAVA_INT, 4), ours.allocate(1)).awaitOrThrow();
    }
  }
}
