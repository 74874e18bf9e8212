/** What hosts report, how reliably they can be reached. */
package org.cranny.central.reliability;
