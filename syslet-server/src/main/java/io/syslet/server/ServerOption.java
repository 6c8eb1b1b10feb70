package io.syslet.server;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A field of {@link ServerOptions} that can be told. Its name in kebab case is the key of a
 * configuration file and, behind two dashes, the option of {@code syslet serve}; what the field is
 * at first is the default.
 */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ServerOption {
  /** What the value is called, as in {@code HOST:PORT|off}. */
  String value();

  /** What it does: subject, verb, unit; without the default, unless that is no plain value. */
  String help();
}
