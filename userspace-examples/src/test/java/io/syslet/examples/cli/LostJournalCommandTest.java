package io.syslet.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.CallSlots;
import io.syslet.Nr;
import io.syslet.client.RemoteKernel;
import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A server in a process whose journal is spoilt says so everywhere, and ends when it is told to.
 */
class LostJournalCommandTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "removed, page-cache", "removed, fsync",
    "cut, page-cache", "cut, fsync",
    "overwritten, page-cache", "overwritten, fsync"
  })
  void itIsSaidInTheLogOnThePageAndInHealth(String what, String durability) throws Exception {
    Process server = serve(durability);
    try {
      String ready = String.valueOf(server.inputReader().readLine());
      Matcher page = Pattern.compile("http://\\S+:\\d+").matcher(ready);
      assertThat(page.find()).as(ready + Files.readString(err())).isTrue();
      try (RemoteKernel kernel = RemoteKernel.connect("unix:" + folder.resolve("sock"))) {
        CompletionRing ring = readNothing(kernel);
        befall(what);
        assertThat(kernel.ringWait(ring, ring.tail())).isZero();
      }
      HttpResponse<String> health = get(page.group() + "/health");
      assertThat(health.statusCode()).isEqualTo(503);
      assertThat(health.body()).contains("the journal cannot be written: ");
      assertThat(get(page.group() + "/state.json").body())
          .contains("the journal cannot be written");
      assertThat(Files.readString(err())).contains("the journal cannot be written");
      server.destroy();
      assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(server.exitValue()).isZero();
    } finally {
      server.destroyForcibly().waitFor();
    }
  }

  private Path err() {
    return folder.resolve("err");
  }

  private Process serve(String durability) throws IOException {
    List<String> line = new ArrayList<>(SysletProcess.java());
    line.addAll(List.of("serve", "--root", folder.toString(), "--http", "127.0.0.1:0"));
    line.addAll(List.of("--listen", "unix:" + folder.resolve("sock"), "--durability", durability));
    line.addAll(List.of("--journal", folder.resolve("journal").toString()));
    return new ProcessBuilder(line).redirectError(err().toFile()).start();
  }

  /** A call that is in the journal, and ends by what befalls that. */
  private static CompletionRing readNothing(RemoteKernel kernel) {
    CompletionRing ring = CompletionRing.allocate(kernel.arena(), 8, 1);
    CallSlots slots = CallSlots.allocate(kernel.arena(), 1, ring);
    long fds = kernel.arena().allocate(8, 8).address();
    assertThat(kernel.syscall(Nr.PIPE2, fds, 0, 0)).isZero();
    slots.set(0, 1, Nr.READ, Memory.getInt(fds), fds, 1, 0, 0, 0);
    assertThat(kernel.indirect(slots, 0, 1, 0)).isEqualTo(1);
    return ring;
  }

  private void befall(String what) throws IOException {
    Path file;
    try (Stream<Path> files = Files.walk(folder.resolve("journal"))) {
      file = files.filter(each -> each.toString().endsWith(".cq4")).sorted().toList().getLast();
    }
    switch (what) {
      case "removed" -> Files.delete(file);
      case "cut" -> {
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
          cut.setLength(5000);
        }
      }
      default -> {
        try (RandomAccessFile over = new RandomAccessFile(file.toFile(), "rw")) {
          over.write("spoilt ".repeat(10_000).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
      }
    }
  }

  private static HttpResponse<String> get(String uri) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }
}
