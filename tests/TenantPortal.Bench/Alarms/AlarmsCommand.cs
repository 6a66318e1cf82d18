using System.Diagnostics;
using System.Globalization;
using Npgsql;
using TenantPortal.Domain.Escalation;
using TenantPortal.Web.Infrastructure.Jobs;

namespace TenantPortal.Bench.Alarms;

/// <summary>How long it takes to find what is due among 50,000 running clocks, how late alarms are with two processes of which one is killed, and what random kills leave behind.</summary>
internal sealed class AlarmsCommand(int kills)
{
    public const string Usage = "alarms [--kills N]";
    private const int Clocks = 50_000, Sweeps = 200, Ringing = 300, Killed = 200;
    private const double MustSweepMilliseconds = 1_000, MustLateSeconds = 5;
    private const string FirstPage = "/desk/sign-in";

    public static AlarmsCommand? Read(string[] args) => args switch
    {
        [] => new(Killed),
        ["--kills", var n] when int.TryParse(n, CultureInfo.InvariantCulture, out var kills) && kills is >= 0 and <= 10_000 => new(kills),
        _ => null,
    };

    public async Task<int> RunAsync(CancellationToken cancel)
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
            var isOnce = kills == 0 || await KillAsync(seed, portal, cancel);
            return isSwept && isInTime && isOnce ? 0 : 1;
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

    // beside the 50,000, ten alarms a second fall due for thirty seconds: twice what so many clocks with three steps in eight hours give
    private static async Task<bool> RingAsync(AlarmSeed seed, PortalProcess portal, CancellationToken cancel)
    {
        await Cluster.SqlAsync(portal.Owner, "update alarm set due_at = due_at + interval '1 day'");
        await seed.FollowAsync(new PathStep(50, StepAction.Notify, PathStep.Lead, Autonomy.Act));
        await using var stays = await portal.ServeAsync(FirstPage);
        await using var dies = await portal.ServeAsync(FirstPage);
        var begins = TimeProvider.System.GetUtcNow().AddSeconds(10);
        await seed.OpenAsync(Ringing, begins.AddMinutes(-15), 0.1, 15);
        await Task.Delay(begins.AddSeconds(15) - TimeProvider.System.GetUtcNow(), cancel);
        Kill(dies);
        await Task.Delay(TimeSpan.FromSeconds(22), cancel);
        const string late = "extract(epoch from decided_at - due_at)::double precision";
        var (count, most, p99) = (await Cluster.AskAsync<long>(portal.Owner, "select count(*) from taken_step"), await Cluster.AskAsync<double>(portal.Owner, $"select max({late}) from taken_step"), await Cluster.AskAsync<double>(portal.Owner, $"select percentile_cont(0.99) within group (order by {late}) from taken_step"));
        Say($"two processes, one killed: {count} of {Ringing} alarms, ten a second, late by p99 {p99:f2} s, at most {most:f2} s   must {MustLateSeconds:f0} s");
        return count == Ringing && most <= MustLateSeconds;
    }

    // the path as it comes: calls that go on, cards, questions; a process lives for less than a second at a time
    private async Task<bool> KillAsync(AlarmSeed seed, PortalProcess portal, CancellationToken cancel)
    {
        await Cluster.SqlAsync(portal.Owner, "select set_config('app.all', '1', false)", "delete from lead_call", "delete from taken_step", "delete from alarm", "update job set done_at = now()", "delete from outbox_message");
        await seed.FollowAsync();
        var now = TimeProvider.System.GetUtcNow();
        await seed.OpenAsync(1_000, now.AddMinutes(-28), 3, 0);
        var random = new Random(4);
        for (var kill = 1; kill <= kills && !cancel.IsCancellationRequested; kill++)
        {
            await using var victim = await portal.ServeAsync(FirstPage);
            await Task.Delay(random.Next(20, 900), cancel);
            Kill(victim);
            if (kill % 50 == 0) Say($"{kill} kills, {await Cluster.AskAsync<long>(portal.Owner, "select count(*) from taken_step")} steps");
        }
        await using (await portal.ServeAsync(FirstPage)) await Task.Delay(TimeSpan.FromSeconds(75), cancel);   // whatever was being sent has ended, or is called uncertain
        var steps = await Cluster.AskAsync<long>(portal.Owner, "select count(*) from taken_step");
        var twice = await Cluster.AskAsync<long>(portal.Owner, "select count(*) from (select 1 from taken_step group by tenant_id, ticket_id, target, started_at, percent, step having count(*) > 1) t");
        var calls = await Cluster.AskAsync<long>(portal.Owner, "select count(*) from lead_call");
        var holes = await Cluster.AskAsync<long>(portal.Owner, "select count(*) from (select step_id from lead_call group by step_id having count(*) <> max(number)) t");
        var unsaid = await Cluster.AskAsync<long>(portal.Owner, "select count(*) from lead_call c where (select count(*) from outbox_message m where m.tenant_id = c.tenant_id and m.stage = 'call' and m.occurrence = replace(c.id::text, '-', '')) <> 1");
        var again = await Cluster.AskAsync<long>(portal.Owner, "select count(*) from outbox_message where attempts > 1");
        var open = await Cluster.AskAsync<long>(portal.Owner, "select count(*) from alarm where due_at < now() - interval '5 seconds'");
        var uncertain = await Cluster.AskAsync<long>(portal.Owner, "select count(*) from outbox_message where state = 'Uncertain'");
        Say($"{kills} kills: {steps} steps, {twice} decided twice; {calls} calls, {holes} chains with a hole, {unsaid} calls without exactly one letter; {again} letters sent twice, {uncertain} uncertain; {open} alarms left behind");
        return steps > 0 && twice + holes + unsaid + again + open == 0;
    }

    private static void Kill(Child child)
    {
        using var process = Process.GetProcessById(child.ProcessId);
        process.Kill();
        process.WaitForExit();
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
