using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.SignInHelp;

/// <summary>Makes a desk ticket of "I can't sign in", or adds to the open one of the same name. It is nobody's: it hangs on a stand-in person of the client, without mailbox, site or device.</summary>
public sealed class OpenLockedOut(PortalDb db, OpenTicket open, ChangeTicket change, ClientDirectory clients, TimeProvider time)
{
    private const string StandIn = "portal:not-signed-in", System = "Sign-in";

    public async Task RunAsync(HelpRequest request, CancellationToken cancel)
    {
        var (key, now) = (LockedOut.KeyOf(request.Name), time.GetUtcNow());
        var known = await db.LockedOut.SingleOrDefaultAsync(l => l.TenantId == request.Client && l.Key == key && l.IsOpen, cancel);
        if (known is not null && await AddedAsync(known, request, now, cancel)) return;
        var person = await StandInAsync(request, cancel);
        var by = new Actor(ActorKind.Contact, null, CleanText.Of(request.Name));
        var report = new Report
        {
            Subject = CleanText.FirstLine($"Cannot sign in: {request.Name}"), Text = CleanText.Of($"{request.Problem}\n\nCall back: {request.Phone}"), Channel = Channel.Portal,
            Impact = Impact.One, Urgency = Urgency.Stopped, AffectedSystem = System, Sensitivity = Sensitivity.None,
        };
        var opened = await open.RunAsync(new() { Client = request.Client, ContactId = person.Id, Sender = new(request.Client, null, null), Report = report, SubmissionKey = Guid.CreateVersion7(), By = by, IsUnverified = true }, cancel);
        db.Add(new LockedOut { TenantId = request.Client, TicketId = opened!.Ticket.Id, Name = CleanText.Of(request.Name), Key = key, Phone = CleanText.Of(request.Phone), LastAskedAt = now });
        await db.SaveChangesAsync(cancel);
    }

    // the same person again, or somebody who says so: no second ticket, no second alarm
    private async Task<bool> AddedAsync(LockedOut known, HelpRequest request, DateTimeOffset now, CancellationToken cancel)
    {
        if (!await db.Tickets.AnyAsync(t => t.TenantId == known.TenantId && t.Id == known.TicketId && t.IsOpen && t.IsUnverified, cancel))
        {
            known.IsOpen = false;
            await db.SaveChangesAsync(cancel);
            return false;
        }
        var isOther = CleanText.Of(request.Phone) != known.Phone;
        (known.AskedTimes, known.LastAskedAt) = (known.AskedTimes + 1, now);
        await db.SaveChangesAsync(cancel);
        // another number under the same name may be another person: it stands in the conversation, the first one stays
        if (isOther) await change.RunAsync(known.TenantId, known.TicketId, (ticket, at) => ticket.ContactReplies(CleanText.Of($"{request.Problem}\n\nCall back: {request.Phone}"), Channel.Portal, new(ActorKind.Contact, null, known.Name), at, out _), cancel);
        return true;
    }

    private async Task<Contact> StandInAsync(HelpRequest request, CancellationToken cancel)
    {
        if (await db.Contacts.SingleOrDefaultAsync(c => c.TenantId == request.Client && c.ExternalRef == StandIn, cancel) is { } known) return known;
        var address = $"not-signed-in@{clients.ById(request.Client)!.Slug}.invalid";
        var person = new Contact { TenantId = request.Client, ExternalRef = StandIn, Name = "Somebody who could not sign in", Email = address, NormalizedEmail = address, IsActive = false };
        db.Add(person);
        await db.SaveChangesAsync(cancel);
        return person;
    }
}
