using TenantPortal.Web.Features.Knowledge;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.ContentImport;

/// <summary>Takes a pack into the library and publishes to every client what was approved.</summary>
public sealed class BringInPack(ClientScopes scopes, ClientDirectory clients, PublishRunbooks publish, TryPack trial)
{
    /// <summary>The same, and what its triage rules would have changed is seen first.</summary>
    public async Task<bool> TriedAsync(string folder, string? approveAs, Progress progress, CancellationToken cancel)
    {
        var mustBeTried = await scopes.RunAsync(clients.Msp.Id, services => new TriedRules(services.GetRequiredService<PortalDb>()).MustBeTriedAsync(folder, clients.Msp.Id, cancel));
        return (!mustBeTried || await trial.RunAsync(folder, null, progress, cancel)) && await RunAsync(folder, approveAs, progress, cancel);
    }

    public async Task<bool> RunAsync(string folder, string? approveAs, Progress progress, CancellationToken cancel)
    {
        var pack = await scopes.RunAsync(clients.Msp.Id, services => services.GetRequiredService<ImportPack>().RunAsync(folder, approveAs, cancel));
        if (pack.Problems.Count > 0)
        {
            progress.Refused($"{folder} was refused, and nothing of it was imported:", pack.Problems);
            return false;
        }
        progress.Say($"{pack.Name}: {pack.Runbooks} guides, {pack.RequestTypes} forms, {pack.Pictures} pictures; {pack.NewVersions} new versions, {pack.Approved} approved.");
        foreach (var warning in pack.Warnings) progress.Say($"  advice: {warning}");
        foreach (var client in clients.All.Where(c => c is { IsMsp: false, IsActive: true })) await publish.RunAsync(client.Id, cancel);
        return true;
    }
}
