using System.Diagnostics;
using System.Globalization;

namespace TenantPortal.Bench;

/// <summary>A program under measurement: its own process on a loopback port.</summary>
internal sealed class Child : IAsyncDisposable
{
    private readonly Process process;
    private readonly string log;

    private Child(Process process, Uri address, string log, TimeSpan firstAnswer) => (this.process, Address, this.log, FirstAnswer) = (process, address, log, firstAnswer);

    public Uri Address { get; }
    public int ProcessId => process.Id;
    /// <summary>From the start of the process to the first page it answered.</summary>
    public TimeSpan FirstAnswer { get; }

    public static async Task<Child> StartAsync(string program, IReadOnlyDictionary<string, string> settings, string firstPage, string log, params string[] args)
    {
        var address = new Uri($"http://127.0.0.1:{Cluster.FreePort()}");
        var began = Stopwatch.GetTimestamp();
        var started = Process.Start(Describe(program, settings, log, [.. args, "--urls", address.ToString()]))!;
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(20) };
        while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(30) && !started.HasExited)
        {
            try
            {
                using var answer = await browser.GetAsync(new Uri(firstPage, UriKind.Relative));
                if (answer.IsSuccessStatusCode) return new(started, address, log, Stopwatch.GetElapsedTime(began));
                break;
            }
            catch (HttpRequestException) { await Task.Delay(5); }   // it does not listen yet
            catch (TaskCanceledException) { break; }
        }
        started.Kill();
        started.Dispose();
        throw new InvalidOperationException($"{Path.GetFileName(program)} did not answer {firstPage}; its log:\n{await File.ReadAllTextAsync(log)}");
    }

    /// <summary>Runs a command of the program to its end; its output, or an exception that quotes it.</summary>
    public static async Task<string> RunAsync(string program, IReadOnlyDictionary<string, string> settings, params string[] args)
    {
        var output = Path.GetTempFileName();
        using var command = Process.Start(Describe(program, settings, output, args))!;
        await command.WaitForExitAsync();
        var text = await File.ReadAllTextAsync(output);
        File.Delete(output);
        return command.ExitCode == 0 ? text : throw new InvalidOperationException($"{Path.GetFileName(program)} {string.Join(' ', args)} failed: {text}");
    }

    /// <summary>As the machine would: at once, in the middle of whatever it does.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    public string Log => File.ReadAllText(log);

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            using var stop = Process.Start("kill", ["-INT", ProcessId.ToString(CultureInfo.InvariantCulture)]);
            await stop.WaitForExitAsync();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(8));
            try { await process.WaitForExitAsync(patience.Token); }
            catch (OperationCanceledException) { process.Kill(); }
        }
        process.Dispose();
    }

    // the very program that runs us, so that the process measured is the one started
    private static string Host => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";

    // through a shell, so that the program writes its log without us reading it
    private static ProcessStartInfo Describe(string program, IReadOnlyDictionary<string, string> settings, string log, string[] args)
    {
        var start = new ProcessStartInfo("bash", ["-c", "log=$1; shift; exec \"$@\" >\"$log\" 2>&1", "bench", log, Host, program, .. args]) { WorkingDirectory = Path.GetTempPath() };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        return start;
    }
}
