/** Has hosts prove, unasked by anybody, that they keep what they gave receipts for. */
package org.cranny.central.proof;
