package org.cranny.client.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a command into its words as a shell would, and does nothing else that a shell does: blanks between words,
 * quotes and backslashes keep them.
 */
final class CommandWords {
    private CommandWords() {}

    static List<String> of(String typed) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        char quote = 0;
        for (int i = 0; i < typed.length(); i++) {
            char c = typed.charAt(i);
            boolean escape = c == '\\' && quote != '\'' && i + 1 < typed.length();
            if (quote == 0 && !escape && Character.isWhitespace(c)) {
                if (word != null) {
                    words.add(word.toString());
                    word = null;
                }
                continue;
            }
            word = word == null ? new StringBuilder() : word;
            if (escape) {
                word.append(typed.charAt(++i));
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            } else {
                word.append(c);
            }
        }
        if (quote != 0) {
            throw new WrongUseException("A quote is open in the command: " + typed + ". Close it.");
        }
        if (word != null) {
            words.add(word.toString());
        }
        return words;
    }
}
