/**
 * The shell: statements and commands that people type, and how results look.
 *
 * <p>A {@link io.velesdb.cli.shell.Session} is an open database with settings and parameters. It runs one statement or command
 * at a time and prints the result as a {@link io.velesdb.cli.shell.ResultFormat}. Two things feed it: {@link
 * io.velesdb.cli.shell.Script} with text out of files and pipes, and {@link io.velesdb.cli.shell.InteractiveShell} with what is
 * typed in a terminal, through the line editor JLine. Commands are listed in groups ({@code GeneralCommands} and so on); most of
 * them are statements with a shorter name.
 *
 * <p>Invariants: names reach a statement quoted where they have to be, and values as parameters, never pasted in; a failure of
 * the history file is no failure of the shell; what comes out of the database passes {@link
 * io.velesdb.cli.console.Display#plain} on its way to a terminal.
 */
@NullMarked
package io.velesdb.cli.shell;

import org.jspecify.annotations.NullMarked;
