using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Search;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.SelfService;

/// <summary>Lets a guide learn the words of a ticket that it solved, as the person who wrote it confirmed, and forget them when the ticket opens again.</summary>
public sealed class LearnFromSolved(PortalDb db, StaffDirectory staff) : IEventListener
{
    public async Task HearAsync(Ticket ticket, IReadOnlyList<TicketEvent> events, CancellationToken cancel)
    {
        if (!events.Any(e => e.Kind is TicketEventKind.Resolved or TicketEventKind.Reopened)) return;
        var lesson = await LessonOfAsync(ticket, cancel);
        var known = await db.LearnedTickets.FirstOrDefaultAsync(l => l.TenantId == ticket.TenantId && l.TicketId == ticket.Id, cancel);
        if (known?.RunbookId == lesson?.RunbookId) return;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // counted first, so that two tickets of one guide follow each other
        var generation = await db.NextGenerationAsync(ticket.TenantId, cancel);
        if (known is not null) db.Remove(known);
        await db.SaveChangesAsync(cancel);
        if (lesson is not null) db.Add(lesson);
        await db.SaveChangesAsync(cancel);
        Guid?[] changed = [known?.RunbookId, lesson?.RunbookId];
        foreach (var guide in changed.OfType<Guid>()) await TellAsync(ticket, guide, generation, cancel);
        await transaction.CommitAsync(cancel);
    }

    private async Task<LearnedTicket?> LessonOfAsync(Ticket ticket, CancellationToken cancel)
    {
        if (ticket.IsOpen || ticket.ResolvedByVersion is not { } version || ticket.ResolvedAt is not { } at) return null;
        // closed without a word from the person is no proof that it helped
        var attempt = await db.Attempts.AsNoTracking().Where(a => a.TenantId == ticket.TenantId && a.TicketId == ticket.Id && a.VersionHash == version && a.Outcome == AttemptOutcome.Confirmed).OrderByDescending(a => a.Number).FirstOrDefaultAsync(cancel);
        if (attempt is null) return null;
        var text = await db.Messages.AsNoTracking().Where(m => m.TenantId == ticket.TenantId && m.TicketId == ticket.Id && m.Number == 1).Select(m => m.Text).FirstOrDefaultAsync(cancel);
        var words = LearnedWords.Of($"{ticket.Subject}\n{text}", await NamesAsync(ticket, cancel));
        return words.Count == 0 ? null : new() { TenantId = ticket.TenantId, TicketId = ticket.Id, RunbookId = attempt.RunbookId, ContactId = ticket.ContactId, Words = [.. words], At = at };
    }

    /// <summary>Every part of a name of the client's people and of those who help them.</summary>
    private async Task<HashSet<string>> NamesAsync(Ticket ticket, CancellationToken cancel)
    {
        var contacts = await db.Contacts.AsNoTracking().Where(c => c.TenantId == ticket.TenantId).Select(c => c.Name).ToListAsync(cancel);
        return contacts.Concat(staff.All.Select(s => s.Name)).SelectMany(name => name.ToLowerInvariant().Split([' ', '-', '\'', '.', ','], StringSplitOptions.RemoveEmptyEntries)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The guide is read again by every index; what it learned first makes room.</summary>
    private async Task TellAsync(Ticket ticket, Guid guide, long generation, CancellationToken cancel)
    {
        var oldest = await db.LearnedTickets.Where(l => l.TenantId == ticket.TenantId && l.RunbookId == guide).OrderByDescending(l => l.At).ThenBy(l => l.TicketId).Skip(LearnedWords.MostTickets).Select(l => l.TicketId).ToListAsync(cancel);
        if (oldest.Count > 0) await db.LearnedTickets.Where(l => l.TenantId == ticket.TenantId && oldest.Contains(l.TicketId)).ExecuteDeleteAsync(cancel);
        await db.Published.Where(p => p.TenantId == ticket.TenantId && p.RunbookId == guide).ExecuteUpdateAsync(p => p.SetProperty(x => x.Generation, generation), cancel);
    }
}
