using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Infrastructure.Themes;

/// <summary>Every client's look, kept in memory until the database says that it changed. What it returns is shared: read it, never change it.</summary>
public sealed class ClientLooks
{
    private readonly ConcurrentDictionary<TenantId, ClientLook> looks = new();
    private readonly IServiceScopeFactory scopes;
    private int forgotten;

    public ClientLooks(IServiceScopeFactory scopes, Signals signals)
    {
        this.scopes = scopes;
        signals.Heard += (channel, payload) => { if (channel == "directory" && payload.Split(' ') is ["client_look", var id] && Guid.TryParse(id, out var client)) Forget(new(client)); };
        signals.Reconnected += () => { Interlocked.Increment(ref forgotten); looks.Clear(); };
    }

    public async ValueTask<ClientLook> ForAsync(TenantId client, CancellationToken cancel)
    {
        if (looks.TryGetValue(client, out var known)) return known;
        var before = Volatile.Read(ref forgotten);
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().SetClient(client);
        var look = await scope.ServiceProvider.GetRequiredService<PortalDb>().Looks.AsNoTracking().FirstOrDefaultAsync(cancel) ?? new() { TenantId = client };
        // a look read while it was being changed is used once and not remembered
        if (before == Volatile.Read(ref forgotten)) looks[client] = look;
        return look;
    }

    public void Forget(TenantId client)
    {
        Interlocked.Increment(ref forgotten);
        looks.TryRemove(client, out _);
    }
}
