using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;
using TenantPortal.Web.Infrastructure.Mail;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Messages;

/// <summary>A person's decision about a message that may not have arrived: once more, with the same bytes, or it has arrived. It is recorded who decided.</summary>
public sealed class SettleMessage(PortalDb db, JobQueue jobs, Me me, TimeProvider time)
{
    private static readonly Refusal Gone = new("Somebody has just decided about this message.");

    /// <summary>Not found: unknown, or not in this person's scope.</summary>
    public async Task<(bool Found, Refusal? Refusal)> RunAsync(Guid id, bool again, CancellationToken cancel)
    {
        var message = await db.Outbox.FirstOrDefaultAsync(m => m.Id == id, cancel);
        if (message is null) return (false, null);
        var now = time.GetUtcNow();
        if ((again ? message.SendAgain() : message.Settle(now)) is { } refusal) return (true, refusal);
        if (again) jobs.Add(message.TenantId, SendMail.JobKind, message.Id, now);
        db.Add(new ClientEvent { TenantId = message.TenantId, Kind = again ? "mail-sent-again" : "mail-settled", ActorName = me.Staff.FirstName, ActorId = me.Staff.Id.Value, At = now, Detail = { ["message"] = message.Id.ToString(), ["stage"] = message.Stage } });
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateConcurrencyException) { return (true, Gone); }
        return (true, null);
    }
}
