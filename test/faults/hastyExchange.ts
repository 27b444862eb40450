import type { TimeoutPhase } from '../../src/pyrus/errors';
import { Exchange } from '../../src/pyrus/exchange';
import type { Call } from '../../src/pyrus/exchange';
import { send } from '../../src/pyrus/http';
import { RateGate } from '../../src/pyrus/rateLimit';
import type { Patience, Watchdog } from '../../src/pyrus/watchdog';

/** Has another patience than the product's minutes, by the real clock. */
export class HastyExchange extends Exchange {
  constructor(private readonly patience: Patience) {
    super(send, new RateGate());
  }

  override watch(call: Pick<Call<unknown>, 'url' | 'patience'>, first?: TimeoutPhase): Watchdog {
    return super.watch({ ...call, patience: this.patience }, first);
  }
}
