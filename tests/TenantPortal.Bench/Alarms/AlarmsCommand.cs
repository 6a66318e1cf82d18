using System.Diagnostics;
using System.Globalization;
using Npgsql;
using TenantPortal.Domain.Escalation;
using TenantPortal.Web.Infrastructure.Jobs;

namespace TenantPortal.Bench.Alarms;

/// <summary>How long it takes to find what is due among 50,000 running clocks, and how late alarms are with two processes of which one is killed.</summary>
internal static class AlarmsCommand
{
    private const int Clocks = 50_000, Sweeps = 200, ASecond = 20, Seconds = 30;
    private const double MustSweepMilliseconds = 1_000, MustLateSeconds = 5;
    private const string FirstPage = "/desk/sign-in";

    public static async Task<int> RunAsync(CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("tenantportal-bench").FullName;
        try
        {
            using var cluster = new Cluster();
            var (owner, app) = await cluster.CreateDatabaseAsync("bench_alarms");
            var portal = new PortalProcess(owner, app, folder);
            var seed = new AlarmSeed(portal);
            await seed.BeginAsync(cancel);
            var isSwept = await SweepAsync(seed, app, cancel);
            var isInTime = await RingAsync(seed, portal, cancel);
            return isSwept && isInTime ? 0 : 1;
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    private static async Task<bool> SweepAsync(AlarmSeed seed, string app, CancellationToken cancel)
    {
        var now = TimeProvider.System.GetUtcNow();
        // all of them ring within the next hour, and two hundred are due now
        await seed.OpenAsync(Clocks, now.AddMinutes(-0.25), 0.072, 0.25);
        await using var database = NpgsqlDataSource.Create(app);
        var heads = new AlarmHeads(database);
        var times = new double[Sweeps];
        var found = 0;
        for (var i = 0; i < Sweeps; i++)
        {
            var began = Stopwatch.GetTimestamp();
            found = (await heads.DueAsync(now.AddSeconds(14.4), 200, cancel)).Count;
            times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }
        var began50 = Stopwatch.GetTimestamp();
        var all = (await heads.DueAsync(now.AddDays(1), Clocks, cancel)).Count;
        var whole = Stopwatch.GetElapsedTime(began50).TotalMilliseconds;
        Array.Sort(times);
        Say($"{Clocks} running clocks, one sweep finds {found} due: p50 {times[Sweeps / 2]:f2} ms, p99 {times[Sweeps * 99 / 100]:f2} ms");
        Say($"all {all} due at once, found in {whole:f0} ms   must {MustSweepMilliseconds:f0} ms");
        return whole <= MustSweepMilliseconds && all == Clocks;
    }

    // beside the 50,000, four times what so many clocks with three steps in eight hours give
    private static async Task<bool> RingAsync(AlarmSeed seed, PortalProcess portal, CancellationToken cancel)
    {
        await Cluster.SqlAsync(portal.Owner, "update alarm set due_at = due_at + interval '1 day'");
        await seed.FollowAsync(5, new PathStep(50, StepAction.Notify, PathStep.Lead, Autonomy.Act));
        await using var stays = await portal.ServeAsync(FirstPage);
        await using var dies = await portal.ServeAsync(FirstPage);
        var begins = TimeProvider.System.GetUtcNow().AddSeconds(10);
        await seed.OpenAsync(ASecond * Seconds, begins.AddMinutes(-15), 1.0 / ASecond, 15);
        await Task.Delay(begins.AddSeconds(Seconds / 2) - TimeProvider.System.GetUtcNow(), cancel);
        dies.Kill();
        await Task.Delay(TimeSpan.FromSeconds(Seconds / 2 + 7), cancel);
        var late = (await Cluster.ListAsync<double>(portal.Owner, "select extract(epoch from decided_at - due_at)::double precision late from taken_step order by late"));
        Say($"two processes, one killed: {late.Count} of {ASecond * Seconds} alarms, {ASecond} a second, late by p50 {late[late.Count / 2]:f2} s, p99 {late[late.Count * 99 / 100]:f2} s, at most {late[^1]:f2} s   must {MustLateSeconds:f0} s");
        return late.Count == ASecond * Seconds && late[^1] <= MustLateSeconds;
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
