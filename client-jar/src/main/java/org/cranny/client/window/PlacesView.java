package org.cranny.client.window;

import com.formdev.flatlaf.util.UIScale;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.RoundRectangle2D;
import java.util.Optional;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTextArea;
import org.cranny.client.report.Human;
import org.cranny.client.status.Keeping;
import org.cranny.client.status.Standing;
import org.cranny.protocol.masterfile.Host;

/** Which machines keep this machine's newest backup, and what it lends to others. */
final class PlacesView extends View {
    private final JTextArea sentence = Pieces.title(Words.say("places.unknown"));
    private final JTextArea detail = Pieces.soft(Words.say("places.detail"));
    private final JPanel hosts = Pieces.column(14);
    private final JPanel card = Pieces.card(14, hosts);
    private final JTextArea lent = Pieces.prose("");
    private final JPanel lending = Pieces.card(8, Pieces.heading(Words.say("places.lent")), lent);
    private Keeping shown;

    PlacesView() {
        super("view.places");
        sentence.setName("places.sentence");
        detail.setName("places.detail");
        hosts.setName("places.hosts");
        card.setVisible(false);
        lending.setVisible(false);
        add(Pieces.scrolling(Pieces.column(18, Pieces.column(4, sentence, detail), card, lending)));
    }

    @Override
    void show(Standing standing, Optional<Keeping> keeping) {
        if (standing.newest().isEmpty()) {
            Pieces.say(sentence, Words.say("places.none"));
        }
        keeping.filter(each -> !each.equals(shown)).ifPresent(this::show);
        Optional<Standing.Lent> own = standing.lends();
        lending.setVisible(own.isPresent());
        own.ifPresent(host -> Pieces.say(
                lent, Words.say("places.lent.line", Human.bytes(host.quotaBytes()), Human.bytes(host.freeBytes()))));
    }

    private void show(Keeping keeping) {
        shown = keeping;
        Pieces.say(sentence, Words.say("places.sentence", machines(keeping.machines())));
        Pieces.say(
                detail,
                Words.say("places.copies", machines(keeping.fewestCopies())) + " " + Words.say("places.detail"));
        hosts.removeAll();
        long most =
                keeping.lines().stream().mapToLong(Keeping.Line::bytes).max().orElse(1);
        keeping.lines().forEach(line -> hosts.add(row(line, most)));
        card.setVisible(!keeping.lines().isEmpty());
        revalidate();
    }

    private static String machines(int count) {
        return Human.count(count, Words.say("noun.machine"));
    }

    private static JPanel row(Keeping.Line line, long most) {
        JTextArea size = Pieces.soft(state(line) + Human.bytes(line.bytes()));
        size.setLineWrap(false);
        JLabel name = Pieces.heading(line.name());
        name.setLabelFor(size);
        return Pieces.column(6, Pieces.ends(name, size), new Bar((double) line.bytes() / most));
    }

    private static String state(Keeping.Line line) {
        if (line.state() == null || line.state() == Host.State.ACCEPTING) {
            return "";
        }
        return Words.say("places.state." + line.state()) + "   ";
    }

    private static final class Bar extends JComponent {
        private static final int HEIGHT = 8;
        private final double share;

        Bar(double share) {
            this.share = share;
        }

        @Override
        public Dimension getPreferredSize() {
            return new Dimension(UIScale.scale(100), UIScale.scale(HEIGHT));
        }

        @Override
        protected void paintComponent(Graphics graphics) {
            Graphics2D pen = (Graphics2D) graphics.create();
            pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            int arc = getHeight();
            pen.setColor(Theme.colour("line"));
            pen.fill(new RoundRectangle2D.Double(0, 0, getWidth(), getHeight(), arc, arc));
            pen.setColor(Theme.colour("accent"));
            pen.fill(new RoundRectangle2D.Double(0, 0, Math.max(arc, getWidth() * share), getHeight(), arc, arc));
            pen.dispose();
        }
    }
}
