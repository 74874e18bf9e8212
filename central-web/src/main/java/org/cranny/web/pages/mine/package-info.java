/** What an owner sees first: their machines, and nobody else's. */
package org.cranny.web.pages.mine;
