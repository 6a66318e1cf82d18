using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Web.Infrastructure.Tenancy;

/// <summary>Work outside a request: each piece runs in a scope of its own that is set to exactly one client.</summary>
public sealed class ClientScopes(IServiceScopeFactory scopes)
{
    public async Task<T> RunAsync<T>(TenantId client, Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().SetClient(client);
        return await work(scope.ServiceProvider);
    }

    public Task RunAsync(TenantId client, Func<IServiceProvider, Task> work) => RunAsync(client, async services => { await work(services); return true; });
}
