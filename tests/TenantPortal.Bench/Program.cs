using System.Runtime.InteropServices;
using TenantPortal.Bench.Alarms;
using TenantPortal.Bench.Clocks;
using TenantPortal.Bench.Pages;
using TenantPortal.Bench.RealInput;
using TenantPortal.Bench.Restore;
using TenantPortal.Bench.Retrieval;
using TenantPortal.Bench.Rules;
using TenantPortal.Bench.Secrets;

const string Usage = $"""
    ./bench {PagesOptions.Usage}
        journeys of ours beside the bare floor, over the same rows (the default)
    ./bench {RealInputCommand.Usage}
        real problem texts sent as tickets of a client that has the given library
    ./bench {RetrievalOptions.Usage}
        how well and how fast the index finds judged documents
    ./bench clocks
        how long it takes to read a ticket's clocks again from 100 events
    ./bench verdict
        how long a verdict takes, over real problem texts
    ./bench replay
        how long it takes to try a changed clause on 10,000 past tickets
    ./bench alarms
        sweeps of 50,000 running clocks, and how late alarms are with two processes of which one is killed
    ./bench {KillsCommand.Usage}
        what random kills of alarm workers leave behind
    ./bench {RestoreCommand.Usage}
        a backup of the demo restored into a cluster of its own, compared row by row
    ./bench {SecretsCommand.Usage}
        how often credentials are seen in texts (*.jsonl with "text") that hold none on purpose, and how long the look takes
    """;

using var stop = new CancellationTokenSource();
// ended from outside, the run still stops what it started
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
void Stop(PosixSignalContext signal) { signal.Cancel = true; stop.Cancel(); }

switch (args)
{
    case ["retrieval", .. var rest] when RetrievalOptions.Read(rest) is { } options: return await new RetrievalCommand(options).RunAsync(stop.Token);
    case ["alarms"]: return await AlarmsCommand.RunAsync(stop.Token);
    case ["kills", .. var rest] when KillsCommand.Read(rest) is { } command: return await command.RunAsync(stop.Token);
    case ["restore"]: return await RestoreCommand.RunAsync(stop.Token);
    case ["secrets", .. var rest] when SecretsCommand.Read(rest) is { } command: return command.Run();
    case ["verdict"]: return VerdictCommand.Run();
    case ["replay"]: return await ReplayCommand.RunAsync(stop.Token);
    case ["clocks"]: return ClocksCommand.Run();
    case ["real-input", .. var rest] when RealInputCommand.Read(rest) is { } command: return await command.RunAsync(stop.Token);
    case ["pages", .. var rest] when PagesOptions.Read(rest) is { } options: return await new PagesCommand(options).RunAsync(stop.Token);
    case [] or [['-', '-', ..], ..] when PagesOptions.Read(args) is { } options: return await new PagesCommand(options).RunAsync(stop.Token);
    case ["help" or "--help" or "-h", ..]: Console.WriteLine(Usage); return 0;
    default: await Console.Error.WriteLineAsync(Usage); return 2;
}
