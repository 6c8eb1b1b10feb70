package io.syslet.examples.cli;

import picocli.CommandLine.Command;

/** {@code syslet sim}: what has to do with the simulated kernel. */
@Command(
    name = "sim",
    description = "The same programs on a simulated machine, in virtual time.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {SimWalkCommand.class, LinusCommand.class, SoakCommand.class})
final class SimCommand {}
