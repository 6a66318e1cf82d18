using System.Runtime.InteropServices;
using TenantPortal.Bench.Alarms;
using TenantPortal.Bench.Clocks;
using TenantPortal.Bench.Pages;
using TenantPortal.Bench.RealInput;
using TenantPortal.Bench.Retrieval;

const string Usage = $"""
    ./bench {PagesOptions.Usage}
        journeys of ours beside the bare floor, over the same rows (the default)
    ./bench {RealInputCommand.Usage}
        real problem texts sent as tickets of a client that has the given library
    ./bench {RetrievalOptions.Usage}
        how well and how fast the index finds judged documents
    ./bench clocks
        how long it takes to read a ticket's clocks again from 100 events
    ./bench {AlarmsCommand.Usage}
        sweeps of 50,000 running clocks, how late alarms are, and what random kills leave behind
    """;

using var stop = new CancellationTokenSource();
// ended from outside, the run still stops what it started
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
void Stop(PosixSignalContext signal) { signal.Cancel = true; stop.Cancel(); }

switch (args)
{
    case ["retrieval", .. var rest] when RetrievalOptions.Read(rest) is { } options: return new RetrievalCommand(options).Run();
    case ["alarms", .. var rest] when AlarmsCommand.Read(rest) is { } command: return await command.RunAsync(stop.Token);
    case ["clocks"]: return ClocksCommand.Run();
    case ["real-input", .. var rest] when RealInputCommand.Read(rest) is { } command: return await command.RunAsync(stop.Token);
    case ["pages", .. var rest] when PagesOptions.Read(rest) is { } options: return await new PagesCommand(options).RunAsync(stop.Token);
    case [] or [['-', '-', ..], ..] when PagesOptions.Read(args) is { } options: return await new PagesCommand(options).RunAsync(stop.Token);
    case ["help" or "--help" or "-h", ..]: Console.WriteLine(Usage); return 0;
    default: await Console.Error.WriteLineAsync(Usage); return 2;
}
