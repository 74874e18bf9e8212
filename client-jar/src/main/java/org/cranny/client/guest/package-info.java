/** Whether this machine should be left alone just now, and why. */
package org.cranny.client.guest;
