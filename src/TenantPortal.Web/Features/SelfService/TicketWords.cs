using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.SelfService;

/// <summary>What a ticket says, as far as a guide is chosen by it: subject, first message, error and codes, and the program that it is about.</summary>
public sealed record TicketWords(string Text, string? App)
{
    /// <summary>Of a ticket that is being opened, with everything it was opened with.</summary>
    public static TicketWords Of(Ticket opened) => Of(opened.Subject, opened.Messages[0].Text, opened.Facts);

    public static async Task<TicketWords> ReadAsync(PortalDb db, Ticket ticket, CancellationToken cancel)
    {
        var text = await db.Messages.AsNoTracking().Where(m => m.TenantId == ticket.TenantId && m.TicketId == ticket.Id && m.Number == 1).Select(m => m.Text).FirstOrDefaultAsync(cancel) ?? "";
        var facts = await db.Facts.AsNoTracking().Where(f => f.TenantId == ticket.TenantId && f.TicketId == ticket.Id && (f.Field == EnvironmentField.Error || f.Field == EnvironmentField.Codes || f.Field == EnvironmentField.App)).ToListAsync(cancel);
        return Of(ticket.Subject, text, facts);
    }

    private static TicketWords Of(string subject, string text, IReadOnlyList<TicketFact> facts)
    {
        var known = facts.Where(f => f.Source is not (FactSource.DoesNotKnow or FactSource.NotAsked)).ToList();
        // what is said twice would weigh twice
        var more = known.Where(f => f.Field is EnvironmentField.Error or EnvironmentField.Codes).Select(f => f.Value).Prepend(subject)
            .Where(part => !text.Contains(part, StringComparison.OrdinalIgnoreCase)).Distinct(StringComparer.OrdinalIgnoreCase);
        return new(string.Join('\n', more.Append(text)), known.Where(f => f.Field == EnvironmentField.App).MaxBy(f => f.At)?.Value);
    }
}
