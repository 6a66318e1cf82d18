using System.Globalization;
using Npgsql;

namespace TenantPortal.Bench.Pages;

/// <summary>Measures the journeys beside the floor, in one run over the same rows.</summary>
internal sealed class PagesCommand(PagesOptions options)
{
    private const int Starts = 3, MeasuredRounds = 3;
    private const string OurFirstPage = "/c/client-00/sign-in", FloorFirstPage = "/Login";

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("tenantportal-bench").FullName;
        try
        {
            using var cluster = new Cluster();
            await MeasureAsync(cluster, folder, cancel);
            return 0;
        }
        catch (WrongAnswerException wrong)
        {
            var log = await File.ReadAllTextAsync(Path.Combine(folder, "portal.log"), cancel);
            await Console.Error.WriteLineAsync($"Wrong answer: {wrong.Message}\nThe portal's log ends with:\n{log[Math.Max(0, log.Length - 4000)..]}");
            return 1;
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    private async Task MeasureAsync(Cluster cluster, string folder, CancellationToken cancel)
    {
        var (owner, app) = await cluster.CreateDatabaseAsync("bench_portal");
        var (floorDatabase, _) = await cluster.CreateDatabaseAsync("bench_floor");
        var portalProcess = new PortalProcess(owner, app, folder);
        Say($"Seeding {options.Tickets} tickets of {options.Clients} clients ...");
        var seeded = await new PortalSeed(portalProcess, options.Clients, options.Tickets).RunAsync(owner, cancel);
        await FloorSeed.RunAsync(owner, floorDatabase, cancel);
        NpgsqlConnection.ClearAllPools();

        var report = new Report();
        var (portal, floor) = await StartAsync(portalProcess, floorDatabase, folder, report, cancel);
        await using var stopPortal = portal;
        await using var stopFloor = floor;
        var journeys = new Journeys(seeded, portal, floor, owner, floorDatabase);
        await journeys.CheckSearchAsync();
        var (before, floorBefore) = (await CountAsync(owner), await CountAsync(floorDatabase));
        var chosen = journeys.All.Where(j => options.Only is null || options.Only.Contains(j.Name, StringComparer.OrdinalIgnoreCase)).ToList();
        foreach (var journey in chosen)
        {
            Say($"{journey.Name} ...");
            var measured = new Measurement(journey, MeasuredRounds, options.Time, [portal.ProcessId, cluster.ProcessId], [floor.ProcessId, cluster.ProcessId], () => SettledAsync(owner, cancel));
            await measured.RunAsync(cancel);
            report.Add(measured);
            if (!journey.Sends) continue;
            Expect("ours", before + measured.OursVisits, await CountAsync(owner));
            Expect("the floor", floorBefore + measured.FloorVisits, await CountAsync(floorDatabase));
        }
        report.AddMemory(ProcessFigures.Pss(portal.ProcessId), ProcessFigures.Pss(floor.ProcessId));
        report.Print(Console.Out);
    }

    // in turn, the median counts; the last of each goes on serving
    private static async Task<(Child Portal, Child Floor)> StartAsync(PortalProcess portalProcess, string floorDatabase, string folder, Report report, CancellationToken cancel)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["FLOOR_DB"] = floorDatabase, ["FLOOR_KEYS"] = Path.Combine(folder, "floor-keys") };
        var (ours, floors) = (new List<double>(), new List<double>());
        for (var i = 1; ; i++)
        {
            cancel.ThrowIfCancellationRequested();
            var portal = await portalProcess.ServeAsync(OurFirstPage);
            var floor = await Child.StartAsync(Places.FloorProgram, settings, FloorFirstPage, Path.Combine(folder, "floor.log"), "--contentRoot", Places.Floor);
            ours.Add(portal.FirstAnswer.TotalMilliseconds);
            floors.Add(floor.FirstAnswer.TotalMilliseconds);
            if (i == Starts)
            {
                report.AddStart(ours.Order().ElementAt(Starts / 2), floors.Order().ElementAt(Starts / 2));
                return (portal, floor);
            }
            await portal.DisposeAsync();
            await floor.DisposeAsync();
        }
    }

    private static async Task SettledAsync(string owner, CancellationToken cancel)
    {
        for (var i = 0; await Cluster.AskAsync<bool>(owner, "select exists (select from job where done_at is null and dead_at is null and due_at <= now())"); i++)
        {
            if (i == 600) throw new WrongAnswerException("A minute after the last answer there is still work that it left behind.");
            await Task.Delay(100, cancel);
        }
    }

    private static Task<long> CountAsync(string database) => Cluster.AskAsync<long>(database, "select count(*) from ticket");

    private static void Expect(string whose, long wanted, long stored)
    {
        if (wanted != stored) throw new WrongAnswerException($"The database of {whose} holds {stored} tickets, {wanted} were sent.");
    }

    private static void Say(string line) => Console.Error.WriteLine(line);
}

/// <summary>What the command line asks for.</summary>
internal sealed record PagesOptions(TimeSpan Time, IReadOnlyList<string>? Only, int Clients, int Tickets)
{
    public const string Usage = "pages [--seconds N] [--only JOURNEY[,JOURNEY]] [--clients N] [--tickets N]";

    /// <summary>Null when something cannot be understood.</summary>
    public static PagesOptions? Read(string[] args)
    {
        var options = new PagesOptions(TimeSpan.FromSeconds(2), null, 50, 10_000);
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length) return null;
            var number = double.TryParse(args[i + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out var n) ? n : 0;
            switch (args[i])
            {
                case "--seconds" when number is > 0 and <= 10: options = options with { Time = TimeSpan.FromSeconds(number) }; break;
                case "--only": options = options with { Only = args[i + 1].Split(',') }; break;
                case "--clients" when number is >= 16 and <= 100: options = options with { Clients = (int)number }; break;
                case "--tickets" when number is >= 1_000 and <= 100_000: options = options with { Tickets = (int)number }; break;
                default: return null;
            }
        }
        return options;
    }
}
