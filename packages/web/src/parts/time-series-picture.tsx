import { LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { init, use as register } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import type { TimeSeriesProps } from './time-series.tsx';
import { seriesOption } from './time-series-option.ts';

register([LineChart, GridComponent, MarkLineComponent, TooltipComponent, AriaComponent, SVGRenderer]);

/** Text keeps its size on a phone: the chart is drawn anew for the width it has, never shrunk. */
export function TimeSeriesPicture(props: TimeSeriesProps) {
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  const draw = useRef<() => void>(undefined);
  useEffect(() => {
    const element = box.current!;
    const chart = init(element, undefined, { renderer: 'svg' });
    const token = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    draw.current = () => chart.setOption(seriesOption(latest.current, token, element.clientWidth), true);
    const observer = new ResizeObserver(() => {
      chart.resize();
      draw.current?.();
    });
    observer.observe(element);
    draw.current();
    // what came up under the pointer goes away without moving it
    const hide = ({ key }: KeyboardEvent) => key === 'Escape' && chart.dispatchAction({ type: 'hideTip' });
    document.addEventListener('keydown', hide);
    return () => {
      document.removeEventListener('keydown', hide);
      observer.disconnect();
      chart.dispose();
    };
  }, []);
  useEffect(() => draw.current?.());
  return <div ref={box} className="time-series" role="img" aria-label={props.label} />;
}
