package io.velesdb.cli.shell;

import io.velesdb.CollectionInfo;
import io.velesdb.StatementText;
import io.velesdb.VelesException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jspecify.annotations.Nullable;

/**
 * What Tab offers: commands and their arguments on a line of a command; collections behind words that a collection follows;
 * else the columns of the collections that the statement names, and the keywords, in the case in which the word was begun.
 */
final class WordCompleter implements Completer {
    private static final Set<String> BEFORE_COLLECTION = Set.of(
            "FROM", "JOIN", "INTO", "UPDATE", "DESCRIBE", "ANALYZE", "TRUNCATE", "COLLECTION", "FLUSH", "EXISTS");

    private static final Pattern NAME = Pattern.compile("\"(?:[^\"]|\"\")*\"|`[^`]*`|[A-Za-z_][A-Za-z0-9_-]*");

    private final Session session;

    WordCompleter(Session session) {
        this.session = session;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String before = line.line().substring(0, line.cursor() - line.wordCursor());
        String begun = line.word().substring(0, line.wordCursor());
        try {
            if (Session.isCommand(line.line())) {
                command(before.strip(), candidates);
            } else {
                statement(line.line(), before, begun, candidates);
            }
        } catch (VelesException e) {
            // a database that cannot answer now has nothing to offer; the statement will tell why
            candidates.clear();
        }
    }

    private void command(String before, List<Candidate> candidates) {
        if (before.isEmpty()) {
            for (Command command : Commands.all()) {
                candidates.add(candidate(command.name(), "commands", command.about()));
            }
            return;
        }
        List<String> words = List.of(before.split("\\s+"));
        List<String> offered = switch (words.getFirst()) {
            case ".help" -> Commands.all().stream().map(Command::name).toList();
            case ".format" -> List.of("table", "json", "csv");
            case ".timing" -> List.of("on", "off");
            case "\\set", "\\show", "\\reset" -> words.size() == 1 ? Settings.NAMES : setting(words.get(1));
            case ".graph" -> words.size() == 1 ? GraphCommands.names() : collections();
            case ".explain", ".explain-analyze" -> StatementText.keywords();
            default -> words.size() == 1 ? collections() : List.of();
        };
        offered.forEach(word -> candidates.add(candidate(word, null, null)));
    }

    private List<String> setting(String name) {
        return switch (name) {
            case "format" -> List.of("table", "json", "csv");
            case "timing" -> List.of("on", "off");
            case "mode" -> List.of("fast", "balanced", "accurate", "perfect");
            case "collection" -> collections();
            default -> List.of();
        };
    }

    private List<String> collections() {
        return session.database().collections().stream()
                .map(CollectionInfo::name)
                .toList();
    }

    private void statement(String line, String before, String begun, List<Candidate> candidates) {
        if (begun.startsWith("$")) {
            session.parameters().keySet().forEach(name -> candidates.add(candidate("$" + name, "parameters", null)));
            return;
        }
        List<String> names = collections();
        if (BEFORE_COLLECTION.contains(lastWord(before).toUpperCase(Locale.ROOT))) {
            names.forEach(name -> candidates.add(candidate(StatementText.name(name), "collections", null)));
            return;
        }
        columns(line, names).forEach(name -> candidates.add(candidate(StatementText.name(name), "columns", null)));
        boolean lower = !begun.isEmpty() && Character.isLowerCase(begun.charAt(0));
        for (String keyword : StatementText.keywords()) {
            candidates.add(candidate(lower ? keyword.toLowerCase(Locale.ROOT) : keyword, "keywords", null));
        }
        if (line.isBlank()) {
            Commands.all().forEach(command -> candidates.add(candidate(command.name(), "commands", command.about())));
        }
    }

    private static String lastWord(String text) {
        String words = text.stripTrailing();
        int from = words.length();
        while (from > 0 && (Character.isLetter(words.charAt(from - 1)) || words.charAt(from - 1) == '_')) {
            from--;
        }
        return words.substring(from);
    }

    /** The members of the collections that the line names; of all, while it names none. */
    private Set<String> columns(String line, List<String> collections) {
        Set<String> written = new TreeSet<>();
        Matcher words = NAME.matcher(line);
        while (words.find()) {
            String word = words.group();
            boolean quoted = word.startsWith("\"") || word.startsWith("`");
            written.add(quoted ? word.substring(1, word.length() - 1) : word);
        }
        List<String> meant = new ArrayList<>(collections);
        meant.retainAll(written);
        Set<String> columns = new TreeSet<>();
        for (String name : meant.isEmpty() ? collections : meant) {
            columns.add("id");
            columns.addAll(InspectCommands.members(session.collection(name)).keySet());
        }
        return columns;
    }

    private static Candidate candidate(String word, @Nullable String group, @Nullable String about) {
        return new Candidate(word, word, group, about, null, null, true);
    }
}
