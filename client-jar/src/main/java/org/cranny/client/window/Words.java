package org.cranny.client.window;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** What the window says, from {@code words.properties}. An {@code &} in a button's words stands before its mnemonic. */
final class Words {
    private static final ResourceBundle BUNDLE =
            ResourceBundle.getBundle("org.cranny.client.window.words", Locale.ROOT);

    private Words() {}

    /** @param values for {0}, {1} and so on, as text */
    static String say(String key, Object... values) {
        String text = BUNDLE.getString(key);
        return values.length == 0 ? text.replace("''", "'") : new MessageFormat(text, Locale.ROOT).format(values);
    }
}
