using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Upkeep;

/// <summary>One thing that was looked at, and what was found.</summary>
public sealed record Finding(string What, bool IsWrong, string Sentence);

/// <summary>Looks at everything that an installation stands on, one thing after the other; changes nothing.</summary>
public sealed class Doctor(IServiceProvider services, IServiceScopeFactory scopes, TimeProvider time)
{
    private static readonly TimeSpan MostApart = TimeSpan.FromSeconds(5), LongestWait = TimeSpan.FromMinutes(10);
    private const long LeastFree = 1L << 30;

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancel)
    {
        var findings = new List<Finding>();
        async Task LookAsync(string what, Func<Task<(bool IsWrong, string Sentence)>> look)
        {
            try
            {
                var (isWrong, sentence) = await look();
                findings.Add(new(what, isWrong, sentence));
            }
            catch (Exception e) when (e is not OperationCanceledException) { findings.Add(new(what, true, e.Message)); }
        }
        await LookAsync("settings", () => Task.FromResult((false, $"people come to {services.GetRequiredService<PortalSettings>().Url}")));
        if (findings[0].IsWrong) return findings;
        await LookAsync("role", async () => { await Walls.RoleAsync(cancel); return (false, "the app's role owns nothing and cannot pass the policies; the schema is this program's"); });
        if (findings[^1].IsWrong) return findings;
        await LookAsync("policies", () => PoliciesAsync(cancel));
        await LookAsync("key", async () => { await Walls.KeyAsync(cancel); return (false, "the key file is the one this database was sealed with"); });
        await LookAsync("jobs", () => JobsAsync(cancel));
        await LookAsync("mail", () => MailAsync(cancel));
        await LookAsync("disk", () => Task.FromResult(Disk()));
        await LookAsync("clock", () => ClockAsync(cancel));
        return findings;
    }

    private WallCheck Walls => services.GetRequiredService<WallCheck>();

    private async Task<(bool, string)> PoliciesAsync(CancellationToken cancel)
    {
        var (tables, holes) = await Walls.PoliciesAsync(cancel);
        return holes.Count == 0 ? (false, $"{tables} tables of clients are walled, and none shows a row without a scope") : (true, string.Join("; ", holes));
    }

    private async Task<(bool, string)> ClockAsync(CancellationToken cancel)
    {
        var apart = (await Walls.AheadAsync(cancel)).Duration();
        return apart > MostApart ? (true, $"this machine's clock is {apart.TotalSeconds:n0} s apart from the database's: set both by NTP") : (false, $"{apart.TotalSeconds:n1} s apart from the database's");
    }

    private async Task<(bool, string)> JobsAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var (dead, oldest) = await services.GetRequiredService<JobHeads>().HealthAsync(now, cancel);
        var buried = dead == 0 ? "" : $"; {dead} were given up within 30 days";
        return oldest is { } due && now - due > LongestWait ? (true, $"work has been waiting since {due.UtcDateTime:yyyy-MM-dd HH:mm} UTC: is the portal running?{buried}") : (false, $"nothing waits{buried}");
    }

    private async Task<(bool, string)> MailAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().SetAll();
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
        var since = time.GetUtcNow().AddDays(-7);
        var counts = await db.Outbox.AsNoTracking().Where(m => m.CreatedAt >= since).GroupBy(m => m.State).Select(g => new { State = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.State, g => g.Count, cancel);
        int Of(OutboxState state) => counts.GetValueOrDefault(state);
        var said = $"{Of(OutboxState.Sent)} letters went out in 7 days, {Of(OutboxState.Queued)} wait, {Of(OutboxState.Failed)} failed, {Of(OutboxState.Uncertain)} are uncertain";
        return Of(OutboxState.Failed) > 0 && Of(OutboxState.Sent) == 0 ? (true, said + ": none arrives; /desk/outbox says why") : (false, said);
    }

    private (bool, string) Disk()
    {
        var settings = services.GetRequiredService<PortalSettings>();
        var low = new[] { settings.MailFolder, Path.GetTempPath(), Path.GetDirectoryName(Path.GetFullPath(settings.KeyFile))! }.Select(folder => (Folder: folder, Free: new DriveInfo(folder).AvailableFreeSpace)).Where(d => d.Free < LeastFree).ToList();
        return low.Count == 0 ? (false, "more than 1 GB is free wherever this program writes; the database's disk is its own to watch") : (true, string.Join("; ", low.Select(d => $"{d.Folder} has only {d.Free / (1 << 20)} MB left")));
    }
}
