using System.Globalization;
using TenantPortal.Domain.Escalation;

namespace TenantPortal.Bench.Alarms;

/// <summary>Kills processes that work off alarms, two of them at a time and each at a random moment of its short life, and counts what was decided, and sent, more than once.</summary>
internal sealed class KillsCommand(int kills)
{
    public const string Usage = "kills [--times N]";
    private const int Usual = 200, Lanes = 2, ASecond = 2, Rest = 60;
    private const string FirstPage = "/desk/sign-in";

    public static KillsCommand? Read(string[] args) => args switch
    {
        [] => new(Usual),
        ["--times", var n] when int.TryParse(n, CultureInfo.InvariantCulture, out var kills) && kills is > 0 and <= 10_000 => new(kills),
        _ => null,
    };

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("tenantportal-bench").FullName;
        try
        {
            using var cluster = new Cluster();
            var (owner, app) = await cluster.CreateDatabaseAsync("bench_kills");
            var portal = new PortalProcess(owner, app, folder);
            await using var sink = await CallSink.OpenAsync(cancel);
            var seed = new AlarmSeed(portal);
            await seed.BeginAsync(cancel);
            await seed.ReachAsync(sink.Address);
            // calls that go on after a minute, cards, warnings, a hand-over
            await seed.FollowAsync(1, [.. EscalationPath.BuiltIn(EscalationPath.Urgent).Steps]);
            await seed.OpenAsync(ASecond * 50 * (1 + kills / 50), TimeProvider.System.GetUtcNow().AddMinutes(-29), 1.0 / ASecond, 29);
            var began = TimeProvider.System.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => KillAsync(portal, kills / Lanes + (lane < kills % Lanes ? 1 : 0), new Random(lane), cancel)));
            Say($"{kills} processes killed in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:f0} s");
            await RestAsync(portal, cancel);
            return await JudgeAsync(portal.Owner, sink) ? 0 : 1;
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    private static async Task KillAsync(PortalProcess portal, int times, Random random, CancellationToken cancel)
    {
        for (var kill = 0; kill < times && !cancel.IsCancellationRequested; kill++)
        {
            await using var victim = await portal.ServeAsync(FirstPage);
            await Task.Delay(random.Next(10, 600), cancel);
            victim.Kill();
        }
    }

    // nobody is left who holds a lease or a call, so what would take minutes to run out is let run out; then one process tidies up
    private static async Task RestAsync(PortalProcess portal, CancellationToken cancel)
    {
        await Cluster.SqlAsync(portal.Owner, "select set_config('app.all', '1', false)", "update job set lease_until = now() where lease_until > now()", "update outbox_message set call_begun_at = call_begun_at - interval '2 minutes' where state = 'Sending'", "update alarm set due_at = due_at + interval '1 hour' where due_at > now()");
        await using var last = await portal.ServeAsync(FirstPage);
        for (var second = 0; second < Rest; second++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), cancel);
            if (await Cluster.AskAsync<long>(portal.Owner, "select (select count(*) from alarm where due_at <= now()) + (select count(*) from job where done_at is null and dead_at is null and due_at <= now() and kind in ('send-mail', 'ticket-events'))") == 0) return;
        }
    }

    private static async Task<bool> JudgeAsync(string owner, CallSink sink)
    {
        Task<long> CountAsync(string sql) => Cluster.AskAsync<long>(owner, sql);
        var steps = await CountAsync("select count(*) from taken_step");
        var twice = await CountAsync("select count(*) from (select 1 from taken_step group by tenant_id, ticket_id, target, started_at, percent, step having count(*) > 1) t");
        var calls = await CountAsync("select count(*) from lead_call");
        var holes = await CountAsync("select count(*) from (select step_id from lead_call group by step_id having count(*) <> max(number)) t");
        var unsaid = await CountAsync("select count(*) from lead_call c where (select count(*) from outbox_message m where m.tenant_id = c.tenant_id and m.stage = 'call' and m.hook_id is null and m.occurrence = replace(c.id::text, '-', '')) <> 1");
        var unwritten = await CountAsync("select count(*) from taken_step s where s.state = 'Done' and not exists (select from ticket_event e where e.tenant_id = s.tenant_id and e.ticket_id = s.ticket_id and e.kind = 'Escalated' and e.detail ->> 'step' = s.step and e.detail ->> 'percent' = s.percent::text and e.detail ->> 'target' = s.target)");
        var letters = await CountAsync("select count(*) from outbox_message");
        var again = await CountAsync("select count(*) from outbox_message where attempts > 1");
        var uncertain = await CountAsync("select count(*) from outbox_message where state = 'Uncertain'");
        var behind = await CountAsync("select (select count(*) from alarm where due_at <= now() - interval '5 seconds') + (select count(*) from outbox_message where state in ('Queued', 'Sending'))");
        var (taken, saidTwice, repeated) = sink.Count();
        Say($"{steps} steps, {twice} decided twice, {unwritten} without their event; {calls} calls, {holes} chains with a hole, {unsaid} without exactly one letter");
        Say($"{letters} messages frozen, {again} sent again, {uncertain} uncertain, {behind} alarms or messages left behind; the outside service took {taken}, {saidTwice} said twice, {repeated} repeated");
        return steps > 0 && taken > 0 && twice + unwritten + holes + unsaid + again + behind + saidTwice + repeated == 0;
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
