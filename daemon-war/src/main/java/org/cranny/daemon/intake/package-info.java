/** What is taken in: rights, limits and receipts. */
package org.cranny.daemon.intake;
