namespace TenantPortal.Bench.Pages;

/// <summary>The rounds of one journey: ours and the floor in turn, so that whatever else the machine does meets both.</summary>
/// <param name="settled">Waits until the work is done that our answers left behind: it must not run in the floor's time.</param>
internal sealed class Measurement(Journey journey, int rounds, TimeSpan time, IReadOnlyList<int> ours, IReadOnlyList<int> floor, Func<Task> settled)
{
    public const int Many = 16;
    // what is sent, is stored: enough for a p99 over all rounds, few enough that the tables stay comparable
    private const int SentAlone = 80, SentEach = 25;
    // a method is compiled for good only after some dozens of calls, and some time later
    private const int Warm = 800;

    public Journey Journey => journey;
    public Rounds OursAlone { get; } = new();
    public Rounds FloorAlone { get; } = new();
    public Rounds OursTogether { get; } = new();
    public Rounds FloorTogether { get; } = new();
    /// <summary>Visits made, warm-up included.</summary>
    public int OursVisits { get; private set; }
    public int FloorVisits { get; private set; }

    public async Task RunAsync(CancellationToken cancel)
    {
        var portal = await VisitorsAsync(journey.Ours);
        var bare = await VisitorsAsync(journey.Floor);
        try
        {
            await WarmAsync(portal, ours, isOurs: true);
            await WarmAsync(bare, floor, isOurs: false);
            for (var round = 0; round < rounds; round++)
            {
                cancel.ThrowIfCancellationRequested();
                OursAlone.Add(await RoundAsync([portal[0]], ours, isOurs: true));
                FloorAlone.Add(await RoundAsync([bare[0]], floor, isOurs: false));
                OursTogether.Add(await RoundAsync(portal, ours, isOurs: true));
                FloorTogether.Add(await RoundAsync(bare, floor, isOurs: false));
            }
        }
        finally
        {
            foreach (var visitor in portal.Concat(bare)) visitor.Dispose();
        }
    }

    private static async Task<List<IVisitor>> VisitorsAsync(Func<int, Task<IVisitor>> create)
    {
        var visitors = new List<IVisitor>();
        for (var i = 0; i < Many; i++) visitors.Add(await create(i));
        return visitors;
    }

    // as often as code needs to be compiled for good, and once as a round, so that pools are filled
    private async Task WarmAsync(List<IVisitor> visitors, IReadOnlyList<int> processes, bool isOurs)
    {
        var before = isOurs ? OursVisits : FloorVisits;
        while ((isOurs ? OursVisits : FloorVisits) - before < Warm) await RoundAsync(visitors, processes, isOurs);
        await RoundAsync([visitors[0]], processes, isOurs);
    }

    private async Task<Round> RoundAsync(List<IVisitor> visitors, IReadOnlyList<int> processes, bool isOurs)
    {
        var most = !journey.Sends ? int.MaxValue : visitors.Count == 1 ? SentAlone : SentEach;
        Func<Task> settle = isOurs && journey.Sends ? settled : () => Task.CompletedTask;
        if (journey.Sends) await Task.WhenAll(visitors.Select(visitor => visitor.PrepareAsync(most)));
        await settle();
        var round = await Load.RunAsync(visitors, journey.Sends ? TimeSpan.FromSeconds(30) : time, most, settle, [.. processes]);
        if (isOurs) OursVisits += round.Milliseconds.Count;
        else FloorVisits += round.Milliseconds.Count;
        return round;
    }
}

/// <summary>The rounds of one side; a figure is the median of the rounds, so that one disturbed round does not count.</summary>
internal sealed class Rounds
{
    private readonly List<Round> all = [];

    public void Add(Round round) => all.Add(round);
    public double Percentile(double part) => Median(r => r.Percentile(part));
    public double PerSecond => Median(r => r.PerSecond);
    public double CpuMilliseconds => Median(r => r.CpuMilliseconds);

    private double Median(Func<Round, double> figure) => all.Select(figure).Order().ElementAt(all.Count / 2);
}
