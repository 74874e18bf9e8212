package org.cranny.web.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.Collections;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.cranny.web.pages.drawing.Columns;
import org.cranny.web.pages.drawing.HeatMap;
import org.cranny.web.pages.drawing.Line;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class DrawingTest {
    @Test
    void eachPartOfADayIsARectangle() throws Exception {
        Columns columns = new Columns(
                List.of(new Columns.Column("1.", "Monday", 5, 1, 1), new Columns.Column("2.", "Tuesday", 0, 0, 0)));
        assertEquals(3, rectangles(columns.svg()));
        assertFalse(columns.isBlank());
    }

    @Test
    void aWeekHasAHundredAndSixtyEightHours() throws Exception {
        HeatMap week = new HeatMap(Collections.nCopies(168, 0.5));
        assertEquals(168, rectangles(week.svg()));
        assertEquals("50", week.rows().get(6).hours().get(23));
        assertTrue(new HeatMap(Collections.nCopies(168, null)).isBlank());
    }

    @Test
    void aLineNeedsTwoPointsAndStaysInside() throws Exception {
        Line line = new Line(List.of(new Line.Point("1", "a", 10), new Line.Point("2", "b", 0)), 10);
        assertEquals(2, parse(line.svg()).getElementsByTagName("path").getLength());
        assertTrue(line.svg().contains("M0 4L1000 160"), line.svg());
        assertTrue(new Line(List.of(), 0).isBlank());
    }

    private static int rectangles(String svg) throws Exception {
        return parse(svg).getElementsByTagName("rect").getLength();
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
