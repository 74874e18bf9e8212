package org.cranny.client.power;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PowerTest {
    @TempDir
    Path supplies;

    @Test
    void aMachineWithoutSuppliesHasMains() {
        assertEquals(new Power(false, OptionalInt.empty()), Power.at(supplies));
        assertEquals(new Power(false, OptionalInt.empty()), Power.at(supplies.resolve("nothing")));
    }

    @Test
    void aLaptopThatIsUnpluggedRunsOnItsBattery() throws IOException {
        supply("AC", Map.of("type", "Mains", "online", "0"));
        supply("BAT0", Map.of("type", "Battery", "status", "Discharging", "capacity", "41"));
        supply("BAT1", Map.of("type", "Battery", "status", "Unknown", "capacity", "80"));
        assertEquals(new Power(true, OptionalInt.of(41)), Power.at(supplies));
    }

    @Test
    void aLaptopThatIsPluggedInDoesNot() throws IOException {
        supply("AC", Map.of("type", "Mains", "online", "1"));
        supply("BAT0", Map.of("type", "Battery", "status", "Charging", "capacity", "41"));
        assertFalse(Power.at(supplies).onBattery());
    }

    @Test
    void theBatteryOfAMouseIsNone() throws IOException {
        supply("hidpp", Map.of("type", "Battery", "scope", "Device", "status", "Discharging", "capacity", "5"));
        assertEquals(new Power(false, OptionalInt.empty()), Power.at(supplies));
    }

    @Test
    void rulesObjectOnlyOnBattery() {
        Power mains = new Power(false, OptionalInt.of(5));
        Power low = new Power(true, OptionalInt.of(30));
        Power high = new Power(true, OptionalInt.of(31));
        Power unknown = new Power(true, OptionalInt.empty());
        assertTrue(new BatteryRule(true, 0).objection(mains).isEmpty());
        assertTrue(new BatteryRule(true, 0).objection(high).isPresent());
        assertTrue(new BatteryRule(false, 30).objection(low).isPresent());
        assertTrue(new BatteryRule(false, 30).objection(high).isEmpty());
        assertTrue(new BatteryRule(false, 30).objection(unknown).isPresent());
        assertTrue(BatteryRule.NONE.objection(low).isEmpty());
    }

    private void supply(String name, Map<String, String> files) throws IOException {
        Path folder = Files.createDirectories(supplies.resolve(name));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue() + "\n");
        }
    }
}
