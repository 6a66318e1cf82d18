using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;
using TenantPortal.Web.Infrastructure.Themes;

namespace TenantPortal.Web.Infrastructure.Mail;

/// <summary>Writes a letter in the client's look, freezes its bytes and queues the sending, in one statement of its own; a second call for the same
/// ticket, stage, recipient and occurrence changes nothing.</summary>
public sealed class MailQueue(PortalDb db, ClientScopes scopes, ClientDirectory clients, ClientLooks looks, MailWriter writer, TimeProvider time)
{
    /// <summary>False when this letter is queued already.</summary>
    public async Task<bool> QueueAsync(MailToSend mail, CancellationToken cancel)
    {
        var tenant = mail.Client ?? db.Scope.Client;
        var client = clients.ById(tenant) ?? throw new InvalidOperationException($"There is no client {tenant}.");
        var letter = writer.Write(mail, client, await looks.ForAsync(tenant, cancel), time.GetUtcNow());
        // the scope of the caller where it is this client's alone: then no second one, with a second connection, is needed
        if (db.Scope is { All: false, Tenants: [var only] } && only == tenant) return await db.AddOnceAsync(letter, SendMail.JobKind, cancel);
        return await scopes.RunAsync(tenant, services => services.GetRequiredService<PortalDb>().AddOnceAsync(letter, SendMail.JobKind, cancel));
    }
}
