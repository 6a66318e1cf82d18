using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Mail;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.People;

/// <summary>The mails of every client, for the demo's own pages and no other.</summary>
public sealed class DemoMails(IServiceScopeFactory scopes, ClientDirectory clients)
{
    private const int Shown = 200;

    public sealed record Row(Guid Id, string Client, string Recipient, string Subject, OutboxState State, DateTimeOffset At);

    public async Task<IReadOnlyList<Row>> NewestAsync(CancellationToken cancel)
    {
        await using var scope = All();
        var mails = await Db(scope).Outbox.AsNoTracking().Where(m => m.HookId == null).OrderByDescending(m => m.CreatedAt).ThenBy(m => m.Id).Take(Shown).Select(m => new { m.Id, m.TenantId, m.Recipient, m.Subject, m.State, m.CreatedAt }).ToListAsync(cancel);
        return [.. mails.Select(m => new Row(m.Id, clients.ById(m.TenantId)!.Name, m.Recipient, m.Subject, m.State, m.CreatedAt))];
    }

    public async Task<(Row Row, FrozenMail Mail)?> FindAsync(Guid id, CancellationToken cancel)
    {
        await using var scope = All();
        if (await Db(scope).Outbox.AsNoTracking().FirstOrDefaultAsync(m => m.Id == id && m.HookId == null, cancel) is not { } mail) return null;
        return (new(mail.Id, clients.ById(mail.TenantId)!.Name, mail.Recipient, mail.Subject, mail.State, mail.CreatedAt), FrozenMail.Read(mail.Bytes));
    }

    private AsyncServiceScope All()
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().SetAll();
        return scope;
    }

    private static PortalDb Db(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<PortalDb>();
}
