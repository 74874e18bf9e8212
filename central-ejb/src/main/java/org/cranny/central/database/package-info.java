/** Short transactions that are on disk before anybody hears of them, and the schema they stand on. */
package org.cranny.central.database;
