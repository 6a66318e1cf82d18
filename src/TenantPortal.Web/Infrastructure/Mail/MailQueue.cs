using Microsoft.EntityFrameworkCore;
using Npgsql;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Infrastructure.Mail;

/// <summary>Writes a letter in the client's look, freezes its bytes and queues the sending, in a transaction of its own; a second call for the same
/// ticket, stage, recipient and occurrence changes nothing.</summary>
public sealed class MailQueue(TenantScope scope, ClientScopes scopes, ClientDirectory clients, MailWriter writer, TimeProvider time)
{
    /// <summary>False when this letter is queued already.</summary>
    public Task<bool> QueueAsync(MailToSend mail, CancellationToken cancel)
    {
        var tenant = mail.Client ?? scope.Client;
        var client = clients.ById(tenant) ?? throw new InvalidOperationException($"There is no client {tenant}.");
        return scopes.RunAsync(tenant, services => AddAsync(services.GetRequiredService<PortalDb>(), services.GetRequiredService<JobQueue>(), mail, client, cancel));
    }

    private async Task<bool> AddAsync(PortalDb db, JobQueue jobs, MailToSend mail, Client client, CancellationToken cancel)
    {
        if (await db.Outbox.AnyAsync(o => o.TicketId == mail.TicketId && o.Stage == mail.Stage && o.Recipient == mail.Recipient && o.Occurrence == mail.Occurrence, cancel)) return false;
        var now = time.GetUtcNow();
        var message = writer.Write(mail, client, await db.Looks.AsNoTracking().FirstOrDefaultAsync(cancel), now);
        db.Add(message);
        if (message.State == OutboxState.Queued) jobs.Add(client.Id, SendMail.JobKind, message.Id, now);
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation }) { return false; }
        return true;
    }
}
