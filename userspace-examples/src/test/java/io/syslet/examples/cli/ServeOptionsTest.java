package io.syslet.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.server.ConfigFile;
import io.syslet.server.ServerOption;
import io.syslet.server.ServerOptions;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** One table: what is a field is an option, a key, and has help. */
class ServeOptionsTest {
  private static final Map<Class<?>, String> VALUES =
      Map.of(int.class, "7", long.class, "8", Path.class, "/p", String.class, "s", List.class, "9");

  @TempDir Path dir = Path.of("");

  private static ServerOptions byLine(String... arguments) {
    ParseResult serve = Commands.line().parseArgs(arguments).subcommand();
    ServerOptions options = new ServerOptions();
    ServeOptions.apply(Objects.requireNonNull(serve), options);
    return options;
  }

  @Test
  void eachFieldCanBeTold() {
    assertThat(ServeOptions.fields()).containsExactlyInAnyOrder(ServerOptions.class.getFields());
  }

  @Test
  void helpIsASentence() {
    String usage =
        Objects.requireNonNull(Commands.line().getSubcommands().get("serve")).getUsageMessage();
    for (Field field : ServeOptions.fields()) {
      ServerOption option = Objects.requireNonNull(field.getAnnotation(ServerOption.class));
      assertThat(option.help()).matches("(?s)[A-Z].* .*\\.");
      assertThat(usage).contains(ServeOptions.name(field) + "=" + option.value());
    }
  }

  @Test
  void lineAndFileSetTheSame() throws Exception {
    for (Field field : ServeOptions.fields()) {
      String name = ServeOptions.name(field);
      String value = Objects.requireNonNull(VALUES.get(field.getType()));
      Object told = field.get(byLine("serve", name, value));
      assertThat(told).as(name).isNotEqualTo(field.get(new ServerOptions()));
      boolean isNumber = field.getType() == int.class || field.getType() == long.class;
      String json =
          isNumber ? value : field.getType() == List.class ? list(field, value) : quoted(value);
      Path file = dir.resolve("config.json");
      Files.writeString(file, "{\"" + name.substring(2) + "\": " + json + "}");
      ServerOptions byFile = new ServerOptions();
      ConfigFile.read(file, byFile);
      assertThat(field.get(byFile)).as(name).isEqualTo(told);
    }
  }

  private static String quoted(String value) {
    return "\"" + value + "\"";
  }

  private static String list(Field field, String value) {
    return "[" + (field.getName().equals("users") ? value : quoted(value)) + "]";
  }

  @Test
  void listsAreRepeatedOrSeparatedByCommas() {
    ServerOptions options =
        byLine("serve", "--listen", "unix:/a,b", "--listen", "unix:/c", "--users", "1,2");
    assertThat(options.listen).containsExactly("unix:/a,b", "unix:/c");
    assertThat(options.users).containsExactly(1L, 2L);
  }

  @Test
  void whatIsNotToldStays() {
    ServerOptions options = byLine("serve", "--sessions", "3");
    assertThat(options.sessions).isEqualTo(3);
    assertThat(options)
        .usingRecursiveComparison()
        .ignoringFields("sessions")
        .isEqualTo(new ServerOptions());
  }

  @Test
  void whatIsNoNumberIsRefused() {
    CommandLine line = Commands.line();
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> line.parseArgs("serve", "--sessions", "many"))
        .isInstanceOf(CommandLine.ParameterException.class)
        .hasMessageContaining("--sessions");
  }
}
