package io.syslet.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.client.wire.Token;
import io.syslet.server.Served;
import io.syslet.server.session.TokenHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server keeps no token, only its hash; and that is enough to know it again. */
class TokenSecretTest {
  @TempDir private Path folder;

  private Served serve() throws IOException {
    return Served.in(folder, options -> options.journal = folder.resolve("journal").toString());
  }

  /** All bytes of the journal, one char each, file after file. */
  private List<String> journal() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("journal"))) {
      return files.filter(Files::isRegularFile).map(TokenSecretTest::read).toList();
    }
  }

  private static String read(Path file) {
    try {
      return latin(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private void isNowhere(Token token) throws IOException {
    String hash = latin(TokenHash.of(token.bytes()).bytes());
    assertThat(journal())
        .isNotEmpty()
        .allSatisfy(
            file ->
                assertThat(
                        file.contains(latin(token.bytes()))
                            || file.contains(HexFormat.of().formatHex(token.bytes())))
                    .isFalse())
        .anySatisfy(file -> assertThat(file.contains(hash)).isTrue());
  }

  @Test
  void noFileOfTheJournalHasAToken() throws Exception {
    Token token;
    try (Served served = serve();
        LocalCaller caller = new LocalCaller(served.unix())) {
      token = caller.welcome().token();
      caller.sleep();
      isNowhere(token);
      caller.disconnect();
    }
    isNowhere(token);
    try (Served served = serve();
        LocalCaller again = new LocalCaller(served.unix(), token)) {
      again.consume(1);
      assertThat(again.welcome().token()).isEqualTo(token);
      isNowhere(token);
    }
  }
}
