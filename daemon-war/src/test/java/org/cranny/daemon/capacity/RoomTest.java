package org.cranny.daemon.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Optional;
import org.cranny.daemon.capacity.Room.Reservation;
import org.junit.jupiter.api.Test;

class RoomTest {
    private final FakeVolume volume = new FakeVolume(10_000, 5_000);

    @Test
    void neverReservesMoreThanTheQuotaSideBySide() throws IOException {
        Room room = new Room(new Lending(100, 0, 0), volume);
        assertTrue(room.reserve(60).isPresent());
        assertTrue(room.reserve(60).isEmpty());
        assertTrue(room.reserve(40).isPresent());
        assertTrue(room.reserve(1).isEmpty());
    }

    @Test
    void givesBackWhatWasNotKept() throws IOException {
        Room room = new Room(new Lending(100, 0, 0), volume);
        room.reserve(100).orElseThrow().close();
        assertTrue(room.reserve(100).isPresent());
    }

    @Test
    void countsWhatWasKept() throws IOException {
        Room room = new Room(new Lending(100, 0, 0), volume);
        try (Reservation reservation = room.reserve(70).orElseThrow()) {
            reservation.keep();
        }
        assertEquals(70, room.capacity().keptBytes());
        assertEquals(1, room.capacity().fragments());
        assertEquals(30, room.capacity().availableBytes());
        assertTrue(room.reserve(31).isEmpty());
    }

    @Test
    void leavesTheOwnersReserveAlone() throws IOException {
        Room room = new Room(new Lending(Long.MAX_VALUE, 4_000, 0), volume);
        assertEquals(1_000, room.capacity().availableBytes());
        assertTrue(room.reserve(1_001).isEmpty());
        assertTrue(room.reserve(1_000).isPresent());
    }

    @Test
    void seesWhatOtherProcessesTakeFromTheDisk() throws IOException {
        Room room = new Room(new Lending(Long.MAX_VALUE, 4_000, 0), volume);
        volume.freeBytes = 3_000;
        assertEquals(0, room.capacity().availableBytes());
        assertEquals(Optional.empty(), room.reserve(1));
    }

    @Test
    void lendsNothingOnceShut() throws IOException {
        Room room = new Room(new Lending(100, 0, 0), volume);
        room.shut();
        assertEquals(0, room.capacity().availableBytes());
        assertTrue(room.reserve(1).isEmpty());
    }
}
