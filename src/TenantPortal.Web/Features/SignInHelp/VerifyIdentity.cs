using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Mail;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.SignInHelp;

/// <summary>What is known of somebody who could not sign in, and who it may be.</summary>
public sealed record IdentityView(LockedOut LockedOut, Ticket Ticket, IReadOnlyList<Contact> Candidates, IReadOnlyList<Contact> Managers);

/// <summary>Makes sure who a person is, by what was on record before: the number that is called back, or a code that goes to a colleague's mailbox and is read out.</summary>
public sealed class VerifyIdentity(PortalDb db, ChangeTicket change, MailQueue mail, Me me, TimeProvider time)
{
    private const int MostCandidates = 8;

    public async Task<IdentityView?> ReadAsync(TicketReference reference, string? words, CancellationToken cancel)
    {
        var client = reference.Client.Id;
        if (await db.Tickets.AsNoTracking().SingleOrDefaultAsync(t => t.TenantId == client && t.Number == reference.Number, cancel) is not { } ticket) return null;
        if (await db.LockedOut.AsNoTracking().SingleOrDefaultAsync(l => l.TenantId == client && l.TicketId == ticket.Id, cancel) is not { } lockedOut) return null;
        var like = "%" + string.Join('%', (string.IsNullOrWhiteSpace(words) ? lockedOut.Name : words).Trim().ToLowerInvariant().Replace("\\", "", StringComparison.Ordinal).Replace("%", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries)) + "%";
        var candidates = await db.Contacts.AsNoTracking().Where(c => c.TenantId == client && c.IsActive && !c.IsShared && (EF.Functions.ILike(c.Name, like) || EF.Functions.Like(c.NormalizedEmail, like))).OrderBy(c => c.Name).ThenBy(c => c.Id).Take(MostCandidates).ToListAsync(cancel);
        var managers = await db.Contacts.AsNoTracking().Where(c => c.TenantId == client && c.IsActive && c.Role == ContactRole.Manager).OrderBy(c => c.Name).ToListAsync(cancel);
        return new(lockedOut, ticket, candidates, managers);
    }

    /// <summary>An engineer called the number on record, which this names, and spoke with the person.</summary>
    public async Task<Refusal?> CalledBackAsync(IdentityView view, ContactId person, ContactId? alsoTo, CancellationToken cancel)
    {
        if (await PersonAsync(view, person, cancel) is not { } contact) return new("Choose who it is from the list.");
        if (string.IsNullOrWhiteSpace(contact.Phone)) return new($"No number of {contact.FirstName} is on record. Send a code instead.");
        return await VerifyAsync(view, contact, "callback", $"called back on the number on record, {contact.Phone}", alsoTo, cancel);
    }

    /// <summary>Mails a code to a manager of the company, who reads it out to the person.</summary>
    public async Task<Refusal?> SendCodeAsync(IdentityView view, ContactId person, ContactId manager, CancellationToken cancel)
    {
        if (await PersonAsync(view, person, cancel) is not { } contact) return new("Choose who it is from the list.");
        if (!view.Ticket.IsUnverified || view.Managers.FirstOrDefault(m => m.Id == manager && m.Id != person) is not { } to) return new("Choose a colleague other than the person.");
        var now = time.GetUtcNow();
        var lockedOut = await db.LockedOut.SingleAsync(l => l.TenantId == view.Ticket.TenantId && l.TicketId == view.Ticket.Id, cancel);
        var code = lockedOut.NewCode(contact.Id, to.Name, now);
        await db.SaveChangesAsync(cancel);
        await mail.QueueAsync(new("identity-code", view.Ticket.Id, "identity-code", to.Email, to.Name, $"{now.UtcTicks}", new Dictionary<string, string> { ["person"] = contact.Name, ["code"] = code, ["engineer"] = me.Staff.FirstName, ["minutes"] = $"{LockedOut.CodeLife.TotalMinutes:0}" }, $"/requests/{view.Ticket.Number}") { Client = view.Ticket.TenantId }, cancel);
        return null;
    }

    public async Task<Refusal?> CheckCodeAsync(IdentityView view, string? code, ContactId? alsoTo, CancellationToken cancel)
    {
        var lockedOut = await db.LockedOut.SingleAsync(l => l.TenantId == view.Ticket.TenantId && l.TicketId == view.Ticket.Id, cancel);
        var refusal = lockedOut.Check(code, time.GetUtcNow());
        // a wrong try counts before anything else is said
        await db.SaveChangesAsync(cancel);
        if (refusal is not null || lockedOut.CodeFor is not { } of) return refusal ?? new("Send a code first.");
        return await PersonAsync(view, of, cancel) is { } contact ? await VerifyAsync(view, contact, "code", $"read out the code that went to {lockedOut.CodeTo}", alsoTo, cancel) : new("This person is not active any more.");
    }

    private Task<Contact?> PersonAsync(IdentityView view, ContactId person, CancellationToken cancel) => db.Contacts.AsNoTracking().SingleOrDefaultAsync(c => c.TenantId == view.Ticket.TenantId && c.Id == person && c.IsActive && !c.IsShared, cancel);

    private async Task<Refusal?> VerifyAsync(IdentityView view, Contact contact, string how, string sentence, ContactId? alsoTo, CancellationToken cancel)
    {
        var client = view.Ticket.TenantId;
        return await change.WithRowsAsync(client, view.Ticket.Id, async (ticket, now) =>
        {
            if (ticket.Verify(contact.Id, contact.SiteId, contact.DeviceId, how, sentence, me.AsActor(), now) is { } refusal) return refusal;
            (await db.LockedOut.SingleAsync(l => l.TenantId == client && l.TicketId == ticket.Id, cancel)).Verified(contact.Id, sentence, me.Staff.FirstName, now);
            if (view.Managers.FirstOrDefault(m => m.Id == alsoTo && m.Id != contact.Id) is { } manager) db.Add(new TicketFollower { TenantId = client, TicketId = ticket.Id, ContactId = manager.Id, AddedBy = me.Staff.FirstName, AddedAt = now });
            return null;
        }, cancel);
    }
}
