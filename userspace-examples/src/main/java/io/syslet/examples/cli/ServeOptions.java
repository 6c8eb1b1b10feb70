package io.syslet.examples.cli;

import io.syslet.server.ServerOption;
import io.syslet.server.ServerOptions;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options of {@code syslet serve}: one for each {@link ServerOption}, and nothing but that. */
final class ServeOptions implements IModelTransformer {
  private static final ServerOptions DEFAULTS = new ServerOptions();

  /** For picocli. */
  ServeOptions() {}

  /** The fields that are options, in the order in which they are declared. */
  static List<Field> fields() {
    List<Field> fields = new ArrayList<>();
    for (Field field : ServerOptions.class.getFields()) {
      if (field.isAnnotationPresent(ServerOption.class)) {
        fields.add(field);
      }
    }
    return fields;
  }

  /** The option that a field is: {@code tlsCert} is {@code --tls-cert}. */
  static String name(Field field) {
    return "--" + field.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  @Override
  public CommandSpec transform(CommandSpec command) {
    fields().forEach(field -> command.addOption(option(field)));
    return command;
  }

  private static OptionSpec option(Field field) {
    ServerOption option = Objects.requireNonNull(field.getAnnotation(ServerOption.class));
    OptionSpec.Builder builder =
        OptionSpec.builder(name(field))
            .paramLabel(option.value())
            .description(option.help() + defaultOf(field))
            .type(field.getType());
    if (field.getGenericType() instanceof ParameterizedType list) {
      Class<?> element = (Class<?>) list.getActualTypeArguments()[0];
      builder.auxiliaryTypes(element).splitRegex(element == Long.class ? "," : "");
    }
    return builder.build();
  }

  /** A default that is a plain value; the help itself has the others. */
  private static String defaultOf(Field field) {
    Object value = get(field);
    return value instanceof Number || value instanceof String ? " Default: " + value + "." : "";
  }

  private static Object get(Field field) {
    try {
      return Objects.requireNonNullElse(field.get(DEFAULTS), List.of());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sets what a command line says; the rest stays. */
  static void apply(ParseResult line, ServerOptions options) {
    for (Field field : fields()) {
      if (line.hasMatchedOption(name(field))) {
        try {
          field.set(options, line.matchedOptionValue(name(field), get(field)));
        } catch (IllegalAccessException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }
}
