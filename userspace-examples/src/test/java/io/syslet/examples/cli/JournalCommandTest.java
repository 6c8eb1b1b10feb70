package io.syslet.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.examples.cli.SysletProcess.Ended;
import io.syslet.server.journal.Journal;
import io.syslet.server.journal.JournalOptions;
import io.syslet.server.journal.Writer;
import io.syslet.server.session.Peer;
import io.syslet.server.session.TokenHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code syslet journal} as a process of its own. */
class JournalCommandTest {
  private static final int WRITE = 1;

  @TempDir Path dir = Path.of("");

  private static Ended run(String... arguments) throws Exception {
    return SysletProcess.plain().run(concat("journal", arguments));
  }

  private static String[] concat(String first, String... rest) {
    return Stream.concat(Stream.of(first), Stream.of(rest)).toArray(String[]::new);
  }

  private Path journal() throws IOException {
    Path folder = dir.resolve("journal");
    try (Journal journal = Journal.open(folder, JournalOptions.defaults())) {
      Writer writer = journal.writer();
      byte[] token = "secret, secret!!".getBytes(StandardCharsets.US_ASCII);
      assertThat(writer.opened(7, TokenHash.of(token), Peer.unix(1000, 100, 1))).isZero();
      assertThat(writer.began(7, 1, 101, WRITE)).isZero();
    }
    return folder;
  }

  @Test
  void itDumpsALineForEachRecord() throws Exception {
    Ended run = run("--dump", journal().toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(Main.OK);
    assertThat(run.out().lines()).hasSize(4).last().asString().contains("BEGAN", "name=write");
    assertThat(run.out()).doesNotContain("secret");
  }

  @Test
  void itSumsUpAsJson() throws Exception {
    Ended run = run("--stats", "--json", journal().toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(Main.OK);
    assertThat(run.out()).contains("\"sessions\":1,\"calls\":1,\"completions\":0").endsWith("}\n");
  }

  @Test
  void whatIsNoJournalIsOneLineAndStatusTwo() throws Exception {
    Ended run = run("--stats", dir.toString());
    assertThat(run.status()).isEqualTo(Main.USAGE);
    assertThat(run.err()).isEqualTo("syslet: " + dir + ": not a journal\n");
  }

  @Test
  void whatIsLostIsOneLineAndStatusOne() throws Exception {
    Path folder = journal();
    Path file = folder.resolve("00000001").resolve("19700101-000001.cq4");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    Ended run = run("--dump", folder.toString());
    assertThat(run.status()).isEqualTo(Main.INCOMPLETE);
    assertThat(run.out().lines()).hasSize(4);
    assertThat(run.err()).startsWith("syslet: damaged at byte").hasLineCount(1);
  }
}
